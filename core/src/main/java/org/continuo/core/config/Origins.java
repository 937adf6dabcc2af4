package org.continuo.core.config;

import com.typesafe.config.ConfigOrigin;
import com.typesafe.config.ConfigUtil;
import java.io.File;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Turns the origins that Typesafe Config keeps into locations. Its descriptions are the only trace
 * that merging leaves ("merge of A: 3,B: 1-18"), so overrides and defaults go through them as
 * markers without a comma.
 */
final class Origins {
  private static final String OVERRIDE = "--set ";
  private static final Pattern OVERRIDDEN = Pattern.compile("(?:^|[ ,])--set (\\d+)(?:[:,]|$)");
  private static final String DEFAULT = "default of ";
  private static final Pattern PART = Pattern.compile("(.*?)(?:: (\\d+)(?:-\\d+)?)?");

  /** The library looks for what a file includes in the folder of its name, which needs one. */
  private static final String HERE = "." + File.separator;

  private final Location file;
  private final List<String> sets;

  /**
   * @param source the file, as the user named it
   * @param sets the overrides of the command line, as the user wrote them
   */
  Origins(String source, List<String> sets) {
    this.file = new Location(Location.FILE, source, 0);
    this.sets = List.copyOf(sets);
  }

  /** Where there is no line to name. */
  Location file() {
    return file;
  }

  Location ofOverride(int index) {
    return new Location(Location.COMMAND_LINE, "--set " + sets.get(index), 0);
  }

  /** A file under a name that has a folder; locations name it as the user did. */
  static File inFolder(Path path) {
    return path.getParent() == null ? new File(HERE + path) : path.toFile();
  }

  /**
   * @param line from 1; 0 where there is none to name
   */
  Location at(String path, int line) {
    boolean bare = file.source().indexOf(File.separatorChar) < 0;
    String named = bare && path.startsWith(HERE) ? path.substring(HERE.length()) : path;
    return new Location(Location.FILE, named, line);
  }

  /**
   * The text of the override that sets exactly this option, as it was written; empty if none did.
   */
  Optional<String> overriding(ConfigOrigin origin, Place place) {
    Matcher description = OVERRIDDEN.matcher(origin.description());
    if (!description.find()) {
      return Optional.empty();
    }
    String set = sets.get(Integer.parseInt(description.group(1)));
    int equals = set.indexOf('=');
    String path = ConfigUtil.joinPath(ConfigUtil.splitPath(set.substring(0, equals).strip()));
    return place.path().equals(path) || place.path().endsWith("." + path)
        ? Optional.of(set.substring(equals + 1).strip())
        : Optional.empty();
  }

  /** How an option is written on a command line, for one that was written wrongly there. */
  String spellings(ConfigOrigin origin, Place place) {
    return overriding(origin, place)
        .map(
            written ->
                "; in a shell, a list is --set '%1$s=[a, b]', a block --set '%1$s={a = 1}', and a text stands as it is, --set '%1$s=a text'"
                    .formatted(place.path()))
        .orElse("");
  }

  static String describeOverride(int index) {
    return OVERRIDE + index;
  }

  static String describeDefault(String option) {
    return DEFAULT + option;
  }

  Location of(ConfigOrigin origin) {
    if (origin.filename() != null) {
      return at(origin.filename(), Math.max(origin.lineNumber(), 0));
    }
    String description = origin.description().replaceFirst("^merge of ", "");
    return Arrays.stream(description.split(",", -1))
        .map(this::part)
        .min(Comparator.comparingInt(Location::rank))
        .orElse(file);
  }

  private Location part(String description) {
    Matcher matcher = PART.matcher(description);
    if (!matcher.matches()) {
      return file;
    }
    String source = matcher.group(1);
    if (source.startsWith(OVERRIDE)) {
      return ofOverride(Integer.parseInt(source.substring(OVERRIDE.length())));
    }
    if (source.startsWith(DEFAULT)) {
      return new Location(Location.DEFAULT, source, 0);
    }
    int line = matcher.group(2) == null ? 0 : Integer.parseInt(matcher.group(2));
    return at(source, line);
  }
}
