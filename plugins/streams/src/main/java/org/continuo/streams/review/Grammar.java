package org.continuo.streams.review;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Lists of words and sentences with placeholders.
 *
 * <p>The files hold a list per heading {@code [name]}, an entry per line; {@code {name}} in an
 * entry stands for any entry of that list, drawn anew each time. Lines that begin with {@code #}
 * are remarks.
 */
final class Grammar {
  private static final Pattern HEADING = Pattern.compile("\\[([a-z-]+)]");
  private static final Pattern PLACEHOLDER = Pattern.compile("\\{([a-z-]+)}");

  private final Map<String, List<String>> lists = new HashMap<>();

  private Grammar() {}

  /** The lists of these files beside this class. */
  static Grammar of(String... files) {
    Grammar grammar = new Grammar();
    for (String file : files) {
      grammar.read(file);
    }
    return grammar;
  }

  /** An entry of the list with every placeholder filled in. */
  String expand(String list, Random random) {
    return expand(list, Map.of(), random);
  }

  /**
   * @param given texts for placeholders that are no lists
   */
  String expand(String list, Map<String, String> given, Random random) {
    List<String> entries = lists.get(list);
    if (entries == null) {
      throw new IllegalArgumentException("no list [" + list + "], available: " + lists.keySet());
    }
    String entry = entries.get(random.nextInt(entries.size()));
    return PLACEHOLDER
        .matcher(entry)
        .replaceAll(
            match -> {
              String name = match.group(1);
              String text = given.containsKey(name) ? given.get(name) : expand(name, given, random);
              return Matcher.quoteReplacement(text);
            });
  }

  private void read(String file) {
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(
                Objects.requireNonNull(Grammar.class.getResourceAsStream(file), file),
                StandardCharsets.UTF_8))) {
      List<String> entries = new ArrayList<>();
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        Matcher heading = HEADING.matcher(line);
        if (heading.matches()) {
          entries = new ArrayList<>();
          lists.put(heading.group(1), entries);
        } else if (!line.isBlank() && !line.startsWith("#")) {
          entries.add(line);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
