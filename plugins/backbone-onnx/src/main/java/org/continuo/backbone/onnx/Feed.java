package org.continuo.backbone.onnx;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.LongStream;
import org.continuo.backbone.onnx.graph.ElementType;
import org.continuo.backbone.onnx.graph.ModelSignature;
import org.continuo.checkpoints.Problems;

/**
 * What a model is fed with for a text of S tokens, by the names of its inputs; each [1,S].
 *
 * @param inputs in the order the model names them
 * @param firstPosition place of the first token in the table of positions
 */
record Feed(List<Input> inputs, int firstPosition) {
  private static final Set<ElementType> INTEGERS = EnumSet.of(ElementType.INT64, ElementType.INT32);
  private static final String CACHE = "past_key_values";

  /** What can be fed. */
  enum Kind {
    INPUT_IDS,
    ATTENTION_MASK,
    TOKEN_TYPE_IDS,
    POSITION_IDS;

    static Optional<Kind> named(String name) {
      return Arrays.stream(values()).filter(kind -> kind.id().equals(name)).findFirst();
    }

    String id() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * One input.
   *
   * @param type int64 or int32
   */
  record Input(Kind kind, ElementType type) {}

  /** Of one input: all tokens are real, of the first type, one place after the other. */
  long[] values(Kind kind, long[] ids) {
    return switch (kind) {
      case INPUT_IDS -> ids;
      case ATTENTION_MASK -> LongStream.generate(() -> 1).limit(ids.length).toArray();
      case TOKEN_TYPE_IDS -> new long[ids.length];
      case POSITION_IDS -> LongStream.range(firstPosition, firstPosition + ids.length).toArray();
    };
  }

  /** Looks whether a model asks for what can be fed, and for nothing else. */
  static Feed of(ModelSignature graph, ModelFacts facts, Path model, Problems problems) {
    List<Input> inputs =
        graph.inputs().stream()
            .flatMap(
                input ->
                    Kind.named(input.name())
                        .map(kind -> new Input(kind, input.type()))
                        .filter(known -> fits(input, known, model, problems))
                        .stream())
            .toList();
    List<String> unknown =
        graph.inputs().stream()
            .map(ModelSignature.Tensor::name)
            .filter(name -> Kind.named(name).isEmpty())
            .toList();
    if (unknown.stream().anyMatch(name -> name.startsWith(CACHE))) {
      problems.add(
          model,
          "found inputs %s of a decoder that is fed its own cache, expected one that reads whole texts; export it without cache (use_cache = False, or the task without -with-past)"
              .formatted(shortened(unknown)));
    } else if (!unknown.isEmpty()) {
      problems.add(
          model,
          "found inputs %s, which nothing here feeds, expected some of %s; export the text model alone"
              .formatted(shortened(unknown), Arrays.stream(Kind.values()).map(Kind::id).toList()));
    } else if (inputs.stream().noneMatch(input -> input.kind() == Kind.INPUT_IDS)) {
      problems.add(
          model,
          "found inputs %s, expected input_ids among them"
              .formatted(graph.inputs().stream().map(ModelSignature.Tensor::toString).toList()));
    }
    if (facts.positionsUnread()
        && inputs.stream().anyMatch(input -> input.kind() == Kind.POSITION_IDS)) {
      problems.add(
          model,
          "found an input position_ids, and a config.json that does not tell where positions begin; expected one that 'continuo inspect' reads; copy it again, or export the model without that input");
    }
    return new Feed(inputs, facts.firstPosition());
  }

  private static List<String> shortened(List<String> names) {
    return names.size() <= 4 ? names : names.subList(0, 4);
  }

  private static boolean fits(
      ModelSignature.Tensor found, Input input, Path model, Problems problems) {
    boolean typed = INTEGERS.contains(input.type());
    boolean free =
        found.rank() == 2
            && found.shape().get(0).size().orElse(1) == 1
            && found.shape().get(1).size().isEmpty();
    if (!typed || !free) {
      problems.add(
          model,
          "found input %s, expected int64 or int32 of shape [batch, sequence] with a sequence of any length; export it with dynamic axes"
              .formatted(found));
    }
    return typed && free;
  }
}
