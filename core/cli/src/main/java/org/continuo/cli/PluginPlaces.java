package org.continuo.cli;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.continuo.core.config.InvalidInput;

/**
 * Where plugin folders are: {@code plugins/} of the installation, the folders of the environment
 * variable CONTINUO_PLUGINS, and those of {@code --plugins}.
 */
final class PluginPlaces {
  /** Set by the launchers. */
  private static final String HOME = "continuo.home";

  private static final String VARIABLE = "CONTINUO_PLUGINS";

  private PluginPlaces() {}

  /** The installation that was started. */
  static Optional<Path> home() {
    return Optional.ofNullable(System.getProperty(HOME)).map(Path::of);
  }

  /**
   * @param given by {@code --plugins}
   * @throws InvalidInput if one that was named is no folder
   */
  static List<Path> with(List<Path> given) {
    return of(home(), Optional.ofNullable(System.getenv(VARIABLE)).orElse(""), given);
  }

  /**
   * @param variable folders, joined as the system joins paths; empty for none
   */
  static List<Path> of(Optional<Path> home, String variable, List<Path> given) {
    List<Path> places = new ArrayList<>();
    home.map(folder -> folder.resolve("plugins")).filter(Files::isDirectory).ifPresent(places::add);
    List<String> problems = new ArrayList<>();
    Arrays.stream(variable.split(File.pathSeparator))
        .filter(name -> !name.isBlank())
        .map(Path::of)
        .forEach(place -> add(VARIABLE, place, places, problems));
    given.forEach(place -> add("--plugins", place, places, problems));
    if (!problems.isEmpty()) {
      throw new InvalidInput(problems);
    }
    return places;
  }

  private static void add(String named, Path place, List<Path> places, List<String> problems) {
    if (Files.isDirectory(place)) {
      places.add(place);
    } else {
      problems.add(
          "%s: found %s at %s, expected a folder that holds plugin folders; create it or correct the path"
              .formatted(named, Files.exists(place) ? "a file" : "nothing", place));
    }
  }
}
