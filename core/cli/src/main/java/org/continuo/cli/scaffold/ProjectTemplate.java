package org.continuo.cli.scaffold;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.lang.model.SourceVersion;

/**
 * A project to start from.
 *
 * @param source its folder, with its own names
 * @param name the id of its plugin, replaced by that of the new one
 * @param home the installation a new project is built against
 */
public record ProjectTemplate(Path source, String name, Path home) {
  private static final Pattern ID = Pattern.compile("[a-z][a-z0-9]*(-[a-z0-9]+)*");
  private static final String BUILT_AGAINST = "<continuo.home>";
  private static final String BUILT_AGAINST_END = "</continuo.home>";

  /** Maven keeps copies of what it resolves, and would not notice that an installation is newer. */
  private static final String READ_IN_PLACE = "-Dmaven.repo.local.tail=";

  /** That of an installation for strategies. */
  public static ProjectTemplate strategy(Path home) {
    return new ProjectTemplate(home.resolve("templates/strategy"), "l2-pull", home);
  }

  /** What keeps a project of this id from being written; empty if nothing does. */
  public List<String> problems(String id, Path target) {
    List<String> problems = new ArrayList<>();
    if (!Files.isRegularFile(source.resolve("pom.xml"))) {
      problems.add(
          "found no project to start from at %s, expected the folder an installation has there; start the launcher of an installation"
              .formatted(source));
    } else if (!ID.matcher(id).matches()) {
      problems.add(
          "name: found '%s', expected words of lower-case letters and digits joined by hyphens, a letter first, such as 'my-strategy'"
              .formatted(id));
    } else if (SourceVersion.isKeyword(packageName(id))) {
      problems.add(
          "name: found '%s', a word of the Java language that no package can be called; add a word to it"
              .formatted(id));
    } else if (imported().contains(className(id))) {
      problems.add(
          "name: found '%s', but the class %s is one that every strategy works with; add a word to it"
              .formatted(id, className(id)));
    }
    if (Files.exists(target)) {
      problems.add(
          "found something at %s already, expected nothing; remove it or choose another name"
              .formatted(target));
    }
    return problems;
  }

  /**
   * Writes the project.
   *
   * @return its files, relative to {@code target}
   */
  public List<Path> write(String id, Path target) {
    List<Path> written = new ArrayList<>();
    try {
      for (Path file : files()) {
        Path place = target.resolve(renamed(source.relativize(file).toString(), id));
        Files.createDirectories(place.getParent());
        Files.writeString(place, renamed(builtHere(Files.readString(file)), id));
        if (Files.isExecutable(file) || place.endsWith("mvnw")) {
          setExecutable(place);
        }
        written.add(target.relativize(place));
      }
      Path settings = target.resolve(".mvn/maven.config");
      Files.createDirectories(settings.getParent());
      Files.writeString(settings, READ_IN_PLACE + home.resolve("repository") + "\n");
      written.add(target.relativize(settings));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + target, e);
    }
    return written;
  }

  private static void setExecutable(Path file) throws IOException {
    if (!file.toFile().setExecutable(true)) {
      throw new IOException("cannot make " + file + " executable");
    }
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.walk(source)) {
      return files.filter(Files::isRegularFile).sorted().toList();
    }
  }

  private String renamed(String text, String id) {
    return text.replace(className(name), className(id))
        .replace(packageName(name), packageName(id))
        .replace(name, id);
  }

  private String builtHere(String text) {
    int start = text.indexOf(BUILT_AGAINST);
    if (start < 0) {
      return text;
    }
    String address = home.toUri().toString().replaceAll("/$", "");
    return text.substring(0, start)
        + BUILT_AGAINST
        + address
        + text.substring(text.indexOf(BUILT_AGAINST_END, start));
  }

  /** Simple names that its code imports. */
  private List<String> imported() {
    try {
      List<String> names = new ArrayList<>();
      for (Path file : files()) {
        if (file.toString().endsWith(".java")) {
          try (Stream<String> lines = Files.lines(file)) {
            lines
                .filter(line -> line.startsWith("import "))
                .map(line -> line.substring(line.lastIndexOf('.') + 1, line.length() - 1))
                .forEach(names::add);
          }
        }
      }
      return names;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + source, e);
    }
  }

  /** {@code o-lora} is {@code OLora}. */
  static String className(String id) {
    return Arrays.stream(id.split("-"))
        .map(word -> Character.toUpperCase(word.charAt(0)) + word.substring(1))
        .collect(Collectors.joining());
  }

  private static String packageName(String id) {
    return id.replace("-", "");
  }
}
