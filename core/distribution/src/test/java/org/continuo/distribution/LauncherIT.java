package org.continuo.distribution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigRenderOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.continuo.api.plugin.Plugin;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The distribution as its user starts it: the only tests that see the real module graph. */
@EnabledOnOs({OS.LINUX, OS.MAC})
class LauncherIT {
  private static final Path LAUNCHER = Distribution.HOME.resolve("bin/continuo");

  @TempDir Path folder;

  @Test
  void tellsItsVersion() throws Exception {
    Shell.Outcome outcome = continuo(Map.of()).run("--version");
    assertEquals("", outcome.err());
    assertTrue(outcome.out().startsWith("continuo "), outcome.out());
    assertEquals(0, outcome.status());
  }

  @Test
  void listsEveryPluginOfItsModules() throws Exception {
    Shell.Outcome outcome = continuo(Map.of()).run("plugins", "list");
    assertEquals(0, outcome.status(), outcome.err());
    Set<String> listed =
        outcome
            .out()
            .lines()
            .skip(1)
            .map(LauncherIT::secondWord)
            .collect(Collectors.toCollection(TreeSet::new));
    assertEquals(providedIds(), listed, outcome.out());
  }

  @Test
  void refusesAnUnknownCommand() throws Exception {
    Shell.Outcome outcome = continuo(Map.of()).run("tarin");
    assertEquals(2, outcome.status());
    assertEquals("", outcome.out());
    assertTrue(outcome.err().contains("tarin"), outcome.err());
  }

  @Test
  void findsTheMachineHealthy() throws Exception {
    Shell.Outcome outcome = continuo(Map.of()).run("doctor");
    assertEquals(0, outcome.status(), () -> outcome.out() + outcome.err());
    assertEquals("", outcome.err());
  }

  @Test
  void placesAMistypedOptionAndCreatesNothing() throws Exception {
    Path file = folder.resolve("typo.conf");
    Files.writeString(file, "experiment {\n  name = typo\n  trainign { epochs = 1 }\n}\n");
    Shell.Outcome outcome = continuo(Map.of()).run("validate", "typo.conf");
    assertEquals(2, outcome.status());
    assertTrue(
        outcome.err().lines().anyMatch(l -> l.contains("typo.conf:3") && l.contains("trainign")),
        outcome.err());
    try (Stream<Path> left = Files.list(folder)) {
      assertEquals(List.of(file), left.toList());
    }
  }

  @Test
  void validateLooksAtDataAndCheckpointAndTellsBoth() throws Exception {
    Files.createDirectories(folder.resolve("data/t"));
    Files.writeString(folder.resolve("data/t/train.json"), "[{\"text\": \"a\", \"label\": null}]");
    Files.createDirectories(folder.resolve("model"));
    Files.writeString(folder.resolve("model/config.json"), "{\"model_type\": \"llama\"}");
    Files.writeString(
        folder.resolve("x.conf"),
        "experiment { strategy = sequential, backbone { checkpoint = model },"
            + " stream { type = folder, root = data } }\n");
    for (String command : List.of("validate", "plan", "run")) {
      Shell.Outcome outcome = continuo(Map.of()).run(command, "x.conf");
      assertEquals(2, outcome.status(), outcome.out());
      for (String told :
          List.of(
              "train.json line 1: field 'label' is null",
              "test.json: file is missing",
              "model.safetensors: no such file",
              "tokenizer.json")) {
        assertTrue(outcome.err().contains(told), command + ": " + outcome.err());
      }
    }
    Shell.Outcome sound =
        continuo(Map.of())
            .run(
                "validate",
                "x.conf",
                "--set",
                "backbone.checkpoint=embedded:tiny",
                "--set",
                "stream=content-review");
    assertEquals(0, sound.status(), sound.err());
  }

  /** Cron, ssh and bare containers start programs under such locales. */
  @Test
  void namesOfAnyLettersUnderAnyLocale() throws Exception {
    assumeTrue(
        System.getProperty("sun.jnu.encoding").startsWith("UTF"),
        "the test itself cannot write such a name: start it under a UTF-8 locale");
    Files.writeString(folder.resolve("b\u00E4se.conf"), "experiment { nam\u00E9 = \u00FC }\n");
    for (Map<String, String> locale :
        List.of(
            Map.of("LC_ALL", "C"),
            Map.of("LC_ALL", "POSIX", "LANG", "C.UTF-8"),
            Map.of("LC_ALL", "", "LC_CTYPE", "", "LANG", ""),
            Map.of("LC_ALL", "", "LC_CTYPE", "", "LANG", "xx_XX.UTF-8"),
            Map.of("LC_ALL", "tr_TR.UTF-8"))) {
      Shell.Outcome outcome = continuo(locale).run("validate", "b\u00E4se.conf");
      assertEquals(2, outcome.status(), locale + outcome.err());
      assertTrue(
          outcome.err().contains("b\u00E4se.conf:1: experiment.nam\u00E9: unknown option"),
          locale + outcome.err());
    }
  }

  /** Java takes the language from a property as it does from the locale of a machine. */
  @Test
  void numbersAndKeysAreTheSameInEveryLanguage() throws Exception {
    Files.writeString(
        folder.resolve("x.conf"),
        "experiment { stream { type = content-review }, strategy = sequential,"
            + " evaluation { TITLE = 1 } }\n");
    String english = null;
    for (String language : List.of("en", "tr", "de", "ar")) {
      Map<String, String> options =
          Map.of("CONTINUO_JAVA_OPTS", "-Duser.language=" + language + " -Duser.country=");
      String told =
          continuo(options).run("validate", "x.conf").err()
              + continuo(options).run("inspect", "embedded:tiny").out();
      english = english == null ? told : english;
      assertEquals(english, told, language);
    }
  }

  @Test
  void theReadmeListsThePluginsThatThereAre() throws Exception {
    Shell.Outcome outcome = continuo(Map.of()).run("plugins", "list", "--markdown");
    assertEquals(0, outcome.status(), outcome.err());
    List<String> readme =
        Files.readAllLines(Path.of(System.getProperty("continuo.root"), "README.md"));
    assertEquals(
        outcome.out().lines().toList(),
        readme.stream()
            .dropWhile(line -> !line.startsWith("<!-- plugins: begin"))
            .skip(1)
            .takeWhile(line -> !line.startsWith("<!-- plugins: end"))
            .toList(),
        "stale: run ./continuo plugins list --markdown --into README.md");
  }

  @Test
  void theReferencePageDescribesThePluginsThatThereAre() throws Exception {
    Shell.Outcome outcome = continuo(Map.of()).run("plugins", "describe", "--all", "--markdown");
    assertEquals(0, outcome.status(), outcome.err());
    Path page = Path.of(System.getProperty("continuo.root"), "examples", "reference.md");
    assertEquals(
        outcome.out().lines().toList(),
        Files.readAllLines(page),
        "stale: run ./continuo plugins describe --all --markdown > examples/reference.md");
  }

  @Test
  void theSchemaTakesTheExamples() throws Exception {
    Shell.Outcome outcome = continuo(Map.of()).run("schema");
    assertEquals(outcome.out(), continuo(Map.of()).run("schema").out(), "the same at every start");
    assertEquals(0, outcome.status(), outcome.err());
    JsonSchema schema =
        JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(outcome.out());
    try (Stream<Path> files =
        Files.list(Path.of(System.getProperty("continuo.root"), "examples"))) {
      List<Path> examples = files.filter(file -> file.toString().endsWith(".conf")).toList();
      assertTrue(examples.size() >= 4, examples.toString());
      for (Path example : examples) {
        String json =
            ConfigFactory.parseFile(example.toFile())
                .resolve()
                .root()
                .render(ConfigRenderOptions.concise());
        assertEquals(Set.of(), schema.validate(json, InputFormat.JSON), example.toString());
        String wrong = json.replace("\"type\":\"", "\"type\":\"un");
        assertFalse(schema.validate(wrong, InputFormat.JSON).isEmpty(), example.toString());
      }
    }
  }

  @Test
  void bashCompletesCommandsOptionsAndPlugins() throws Exception {
    Path script =
        Files.writeString(folder.resolve("completion"), continuo(Map.of()).run("completion").out());
    for (List<String> words :
        List.of(
            List.of("plug", "plugins"),
            List.of("run --plu", "--plugins"),
            List.of("plugins describe content", "content-review"))) {
      Path test =
          Shell.write(
              folder.resolve("complete"),
              """
              #!/bin/bash
              . %s
              COMP_LINE="continuo %s" COMP_POINT=${#COMP_LINE}
              COMP_WORDS=($COMP_LINE) COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
              _complete_continuo
              echo "${COMPREPLY[@]}"
              """
                  .formatted(script, words.get(0)));
      Shell.Outcome outcome = new Shell(test, folder, Map.of()).run();
      assertEquals(words.get(1), outcome.out().strip(), words.get(0) + outcome.err());
    }
  }

  @Test
  void startsFromTheClassArchive() throws Exception {
    Shell.Outcome outcome =
        continuo(Map.of("CONTINUO_JAVA_OPTS", "-Xlog:class+load:stdout")).run("--version");
    assertTrue(
        outcome
            .out()
            .lines()
            .anyMatch(
                line ->
                    line.contains("org.continuo.cli.Main ")
                        && line.contains("shared objects file (top)")),
        outcome.out());
  }

  private static String secondWord(String line) {
    return Pattern.compile("\\S+")
        .matcher(line)
        .results()
        .skip(1)
        .findFirst()
        .orElseThrow(() -> new AssertionError("no second word in '" + line + "'"))
        .group();
  }

  private static Set<String> providedIds() throws ReflectiveOperationException {
    Set<String> ids = new TreeSet<>();
    for (var module : Distribution.rooms()) {
      for (String name : Distribution.provided(module)) {
        Object plugin = Class.forName(name).getConstructor().newInstance();
        ids.add(assertInstanceOf(Plugin.class, plugin).id());
      }
    }
    return ids;
  }

  /** Maven may have been started with another Java than the one that it runs on. */
  private Shell continuo(Map<String, String> environment) throws IOException {
    Map<String, String> all = new HashMap<>(environment);
    all.put("JAVA_HOME", System.getProperty("java.home"));
    return new Shell(LAUNCHER, folder, all);
  }
}
