package org.continuo.core.plan;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.continuo.api.plugin.Capability;
import org.continuo.api.plugin.Plugin;
import org.continuo.core.config.Bound;
import org.continuo.core.config.Choice;
import org.continuo.core.experiment.Evaluation;
import org.continuo.core.experiment.Experiment;

/** Whether what the chosen plugins need is offered by others or by the protocol. */
final class CapabilityCheck {
  private CapabilityCheck() {}

  static List<String> problems(Bound<Experiment> file) {
    Set<Capability> offered = EnumSet.noneOf(Capability.class);
    Map<Capability, List<String>> offering = new EnumMap<>(Capability.class);
    for (Choice choice : file.choices()) {
      for (Capability capability : offers(choice)) {
        offered.add(capability);
        offering.computeIfAbsent(capability, c -> new ArrayList<>()).add(name(choice));
      }
    }
    if (file.options().evaluation().taskId() == Evaluation.TaskId.GIVEN) {
      offered.add(Capability.TASK_ID_AT_TEST);
    }
    if (file.options().protocol().pastData()) {
      offered.add(Capability.PAST_DATA);
    }
    if (file.options().protocol().futureData()) {
      offered.add(Capability.FUTURE_DATA);
    }
    List<String> problems = new ArrayList<>();
    for (Choice choice : file.choices()) {
      for (Capability capability : needs(choice)) {
        if (!offered.contains(capability)) {
          problems.add(
              "%s: '%s' needs %s, which nothing offers; offered: %s; %s"
                  .formatted(
                      file.where(choice.path()),
                      choice.plugin().id(),
                      id(capability),
                      ids(offered),
                      cure(choice, capability, offered)));
        }
      }
    }
    List<String> wirers = offering.getOrDefault(Capability.WIRING, List.of());
    if (wirers.size() > 1) {
      problems.add(
          "%s each decide what is attached to the backbone; at most one may: take the others out"
              .formatted(wirers));
    }
    return problems;
  }

  private static String cure(Choice choice, Capability capability, Set<Capability> offered) {
    if (movable(choice, offered)) {
      return "set sites = [final], for an expert on the final hidden states, or take another backbone or strategy";
    }
    return switch (capability) {
      case TASK_ID_AT_TEST ->
          "set evaluation.task-id = given, or take a strategy that does without";
      case PAST_DATA -> "set protocol.past-data = true, or take a strategy that keeps no examples";
      case FUTURE_DATA ->
          "set protocol.future-data = true if an upper bound is meant, or take another strategy";
      case LANGUAGE_MODEL, GENERATION ->
          "take a decoder checkpoint that was saved with its language-model head (lm_head.weight), or head { type = classification }";
      default -> "take another backbone or strategy";
    };
  }

  /** Whether it would do with what is offered if its expert sat behind the model. */
  private static boolean movable(Choice choice, Set<Capability> offered) {
    Set<Capability> missing = EnumSet.noneOf(Capability.class);
    missing.addAll(needs(choice));
    missing.removeAll(offered);
    return missing.contains(Capability.LINEAR_SITES)
        && offered.contains(Capability.OUTPUT_SITE)
        && EnumSet.of(Capability.GRADIENTS, Capability.LINEAR_SITES).containsAll(missing)
        && Arrays.stream(choice.options().getClass().getRecordComponents())
            .anyMatch(component -> component.getName().equals("sites"));
  }

  private static String name(Choice choice) {
    return choice.path() + " (" + choice.plugin().id() + ")";
  }

  private static List<String> ids(Set<Capability> capabilities) {
    return capabilities.stream().map(CapabilityCheck::id).toList();
  }

  private static String id(Capability capability) {
    return capability.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static Set<Capability> needs(Choice choice) {
    return typed(choice.plugin()).needs(choice.options());
  }

  private static Set<Capability> offers(Choice choice) {
    return typed(choice.plugin()).offers(choice.options());
  }

  /** A choice holds options of the type its plugin declares: the binder made them from it. */
  @SuppressWarnings("unchecked")
  private static Plugin<?, Record> typed(Plugin<?, ?> plugin) {
    return (Plugin<?, Record>) plugin;
  }
}
