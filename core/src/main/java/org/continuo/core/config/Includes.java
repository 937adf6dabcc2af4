package org.continuo.core.config;

import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigIncludeContext;
import com.typesafe.config.ConfigIncluder;
import com.typesafe.config.ConfigIncluderClasspath;
import com.typesafe.config.ConfigIncluderFile;
import com.typesafe.config.ConfigIncluderURL;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigUtil;
import java.io.File;
import java.io.IOException;
import java.net.URL;
import java.nio.file.Files;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Includes as HOCON has them, except that one that is not there is a problem: HOCON would leave
 * everything in it at its default, without a word.
 */
final class Includes
    implements ConfigIncluder, ConfigIncluderFile, ConfigIncluderURL, ConfigIncluderClasspath {
  private static final List<String> ENDINGS = List.of(".conf", ".json", ".properties");

  /** Two letters at least: a single one is a drive. */
  private static final Pattern ADDRESS = Pattern.compile("(?!file:)[a-zA-Z][a-zA-Z0-9+.-]+:");

  private final Problems problems;
  private final Origins origins;

  /** The files being read, the innermost first. */
  private final Deque<File> reading;

  /** How the library reads an include; it tells before it reads the first file. */
  private final Optional<ConfigIncluder> library;

  /**
   * @param file that is read first
   */
  Includes(File file, Problems problems, Origins origins) {
    this(new ArrayDeque<>(List.of(file)), Optional.empty(), problems, origins);
  }

  private Includes(
      Deque<File> reading, Optional<ConfigIncluder> library, Problems problems, Origins origins) {
    this.reading = reading;
    this.library = library;
    this.problems = problems;
    this.origins = origins;
  }

  @Override
  public ConfigIncluder withFallback(ConfigIncluder fallback) {
    return new Includes(reading, Optional.of(fallback), problems, origins);
  }

  @Override
  public ConfigObject include(ConfigIncludeContext context, String what) {
    if (ADDRESS.matcher(what).lookingAt()) {
      return refused(what);
    }
    boolean whole = ENDINGS.stream().anyMatch(what::endsWith);
    File file = new File(what).isAbsolute() ? new File(what) : new File(folder(), what);
    List<String> tried = whole ? List.of("") : ENDINGS;
    String found =
        "no readable file "
            + tried.stream().map(ending -> file + ending).collect(Collectors.joining(", "));
    File holdsIncludes = whole ? file : new File(file + ENDINGS.get(0));
    return read(what, found, holdsIncludes, context, (l, c) -> l.include(c, what));
  }

  @Override
  public ConfigObject includeFile(ConfigIncludeContext context, File file) {
    String found = "no readable file " + file.getAbsolutePath();
    return read(
        file.getPath(),
        found,
        file,
        context,
        (l, c) -> ((ConfigIncluderFile) l).includeFile(c, file));
  }

  @Override
  public ConfigObject includeURL(ConfigIncludeContext context, URL url) {
    String what = url.toString();
    return url.getProtocol().equals("file")
        ? read(
            what,
            "nothing to read at " + what,
            new File(what),
            context,
            (l, c) -> ((ConfigIncluderURL) l).includeURL(c, url))
        : refused(what);
  }

  @Override
  public ConfigObject includeResources(ConfigIncludeContext context, String what) {
    return refused(what);
  }

  /** What an experiment is would depend on who answers, and even a look at it would ask. */
  private ConfigObject refused(String what) {
    File including = reading.element();
    problems.add(
        origins.at(including.getPath(), line(including, what)),
        "include '%s': found a place that is no file, expected one; download it and include the file"
            .formatted(what));
    return ConfigFactory.empty().root();
  }

  private File folder() {
    return reading.element().getParentFile();
  }

  private ConfigObject read(
      String what,
      String found,
      File file,
      ConfigIncludeContext context,
      BiFunction<ConfigIncluder, ConfigIncludeContext, ConfigObject> reader) {
    File including = reading.element();
    reading.push(file);
    try {
      return reader.apply(
          library.orElseThrow(),
          context.setParseOptions(context.parseOptions().setAllowMissing(false)));
    } catch (ConfigException.IO e) {
      problems.add(
          origins.at(including.getPath(), line(including, what)),
          "include '%s': found %s, expected one; correct the name or remove the include"
              .formatted(what, found));
      return ConfigFactory.empty().root();
    } finally {
      reading.pop();
    }
  }

  /** Where a file includes something, 0 if that cannot be told: the parser keeps no such place. */
  private static int line(File file, String what) {
    Pattern include =
        Pattern.compile("\\binclude\\b.*" + Pattern.quote(ConfigUtil.quoteString(what)));
    try {
      List<String> lines = Files.readAllLines(file.toPath());
      for (int i = 0; i < lines.size(); i++) {
        String line = lines.get(i).strip();
        boolean comment = line.startsWith("#") || line.startsWith("//");
        if (!comment && include.matcher(line).find()) {
          return i + 1;
        }
      }
    } catch (IOException e) {
      return 0;
    }
    return 0;
  }
}
