package org.continuo.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.continuo.core.config.InvalidInput;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PluginPlacesTest {
  @TempDir private Path folder;

  private Path place(String name) throws IOException {
    return Files.createDirectories(folder.resolve(name));
  }

  @Test
  void theInstallationThenTheEnvironmentThenTheCommandLine() throws IOException {
    Path own = place("home/plugins");
    Path a = place("a");
    Path b = place("b");
    Path c = place("c");
    assertEquals(
        List.of(own, a, b, c),
        PluginPlaces.of(
            Optional.of(folder.resolve("home")), a + File.pathSeparator + b, List.of(c)));
  }

  @Test
  void anInstallationNeedsNone() {
    assertEquals(List.of(), PluginPlaces.of(Optional.of(folder), "", List.of()));
    assertEquals(List.of(), PluginPlaces.of(Optional.empty(), "", List.of()));
  }

  @Test
  void whatIsNamedMustBeThere() throws IOException {
    Path file = Files.createFile(folder.resolve("file"));
    Path nothing = folder.resolve("nothing");
    assertEquals(
        List.of(
            "CONTINUO_PLUGINS: found nothing at "
                + nothing
                + ", expected a folder that holds plugin folders; create it or correct the path",
            "--plugins: found a file at "
                + file
                + ", expected a folder that holds plugin folders; create it or correct the path"),
        assertThrows(
                InvalidInput.class,
                () -> PluginPlaces.of(Optional.empty(), nothing.toString(), List.of(file)))
            .problems());
  }
}
