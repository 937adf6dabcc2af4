package org.continuo.streams;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.ServiceLoader;
import org.continuo.api.data.TaskStream;
import org.continuo.api.plugin.Option;
import org.continuo.api.plugin.Plugin;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The plugins as a host finds them. */
class PluginsTest {
  @BeforeAll
  static void askForPlugins() {
    PluginsTest.class.getModule().addUses(Plugin.class);
  }

  private static List<Plugin<?, ?>> provided() {
    List<Plugin<?, ?>> provided = new ArrayList<>();
    for (Plugin<?, ?> plugin : ServiceLoader.load(Plugin.class)) {
      if (plugin.getClass().getModule() == PluginsTest.class.getModule()) {
        provided.add(plugin);
      }
    }
    return provided;
  }

  @Test
  void streamsAreProvidedUnderTheirNames() {
    List<String> ids = provided().stream().map(p -> p.id()).toList();
    assertTrue(
        ids.containsAll(List.of("content-review", "csv", "folder", "jsonl")), ids.toString());
    assertEquals(ids.size(), ids.stream().distinct().count());
    assertEquals(
        List.of("content-review"),
        provided().stream().filter(p -> p.preferred()).map(p -> p.id()).toList());
    assertTrue(provided().stream().allMatch(p -> p.makes().equals(TaskStream.Factory.class)));
  }

  @Test
  void everyOptionIsDescribedAndOpenToTheHost() {
    for (Plugin<?, ?> plugin : provided()) {
      Class<?> options = plugin.options();
      assertTrue(options.getModule().isOpen(options.getPackageName()), plugin.id());
      for (RecordComponent component : options.getRecordComponents()) {
        Option option = component.getAnnotation(Option.class);
        assertFalse(option.doc().isBlank(), plugin.id() + " " + component.getName());
      }
    }
  }

  @Test
  void fileStreamsHaveTheFlatNamesOfExperimentFiles() {
    Plugin<?, ?> folder =
        provided().stream().filter(p -> p.id().equals("folder")).findFirst().orElseThrow();
    assertEquals(
        List.of(
            "root",
            "order",
            "trainLimit",
            "devLimit",
            "testLimit",
            "template",
            "templates",
            "textField",
            "labelField",
            "freeText",
            "devShare",
            "allowOverlap",
            "delimiter"),
        Arrays.stream(folder.options().getRecordComponents())
            .map(RecordComponent::getName)
            .toList());
  }
}
