package org.continuo.api.data;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.continuo.api.plugin.Stability;

/**
 * What tasks may be called: as benchmarks call them (SST-2, BoolQA, 20Minuten), as long as the name
 * can be part of a file's name on every system.
 */
@Stability(Stability.Level.EVOLVING)
public final class TaskNames {
  /** Two names and a stage make the name of a file, of which systems take 255 bytes. */
  private static final int LONGEST = 100;

  private static final Pattern NAME =
      Pattern.compile("[A-Za-z0-9]([A-Za-z0-9._-]{0,%d}[A-Za-z0-9_-])?".formatted(LONGEST - 2));

  /** Devices, with whatever ending: Windows has no such files. */
  private static final Pattern RESERVED =
      Pattern.compile("(con|prn|aux|nul|com\\d|lpt\\d)(\\..*)?", Pattern.CASE_INSENSITIVE);

  private TaskNames() {}

  /**
   * Why the tasks of a stream may not be called so; empty if they may.
   *
   * @param names in the order of the stream
   */
  public static List<String> problems(List<String> names) {
    List<String> problems = new ArrayList<>();
    for (String name : names) {
      if (!NAME.matcher(name).matches()) {
        problems.add(
            "found the name '%s', expected 1 to %d letters a to z of either case, digits, '.', '_' and '-', the first a letter or a digit, the last no '.'; rename it"
                .formatted(name, LONGEST));
      } else if (RESERVED.matcher(name).matches()) {
        problems.add(
            "found the name '%s', expected none that Windows reserves for a device; rename it"
                .formatted(name));
      }
    }
    Map<String, List<String>> alike =
        names.stream()
            .collect(
                Collectors.groupingBy(
                    name -> name.toLowerCase(Locale.ROOT), TreeMap::new, Collectors.toList()));
    alike.values().stream()
        .filter(same -> same.size() > 1)
        .forEach(
            same ->
                problems.add(
                    "found the names '%s', expected names that differ in more than upper and lower case, because files are named after them; rename one"
                        .formatted(String.join("', '", same))));
    return problems;
  }
}
