package org.continuo.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.continuo.core.plugin.PluginRegistry;
import org.junit.jupiter.api.Test;

/** The program in a process of its own. */
class StartTest {
  /** The jars and folders of the modules this test runs with. */
  private static String modules() {
    return PluginRegistry.class.getModule().getLayer().configuration().modules().stream()
        .flatMap(module -> module.reference().location().stream())
        .filter(location -> location.getScheme().equals("file"))
        .map(location -> Path.of(location).toString())
        .collect(Collectors.joining(File.pathSeparator));
  }

  private static String start(int status, String... arguments)
      throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
    command.addAll(List.of(arguments));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertEquals(status, process.waitFor(), output);
    return output;
  }

  @Test
  void onTheClassPathItSaysWhyThereAreNoPlugins() throws IOException, InterruptedException {
    String output = start(0, "-cp", modules(), Main.class.getName(), "plugins");
    assertTrue(
        output.contains(
            "no plugin can be found: Continuo was started on the class path, but plugins are"
                + " declared in module-info only; start it with the continuo launcher, or with"
                + " java --module-path LIBRARIES --add-modules ALL-MODULE-PATH -m"
                + " org.continuo.cli/org.continuo.cli.Main"),
        output);
  }

  @Test
  void asAModuleItStartsWithoutComplaint() throws IOException, InterruptedException {
    String output =
        start(
            0,
            "-p",
            modules(),
            "-m",
            Main.class.getModule().getName() + "/" + Main.class.getName(),
            "plugins");
    assertEquals(
        Optional.of("KIND  ID  DEFAULT  VERSION  MODULE  SUMMARY  NEEDS  OFFERS"),
        output.lines().findFirst(),
        output);
    assertEquals(1, output.lines().count(), output);
  }
}
