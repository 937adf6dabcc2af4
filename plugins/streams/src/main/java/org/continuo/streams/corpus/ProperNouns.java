package org.continuo.streams.corpus;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** How names and acronyms are spelled, so that word lists may be kept in lower case. */
final class ProperNouns {
  private final Map<String, String> words = new HashMap<>();
  private final Map<String, String> phrases = new HashMap<>();
  private final Set<String> bare = new HashSet<>();

  ProperNouns(Sections sections) {
    sections.words().get("words").forEach(entry -> put(words, entry));
    sections.words().get("phrases").forEach(entry -> put(phrases, entry));
    bare.addAll(sections.words().get("bare"));
  }

  private static void put(Map<String, String> table, String entry) {
    int equals = entry.indexOf('=');
    String word = equals < 0 ? entry : entry.substring(0, equals);
    table.put(word, equals < 0 ? Inflection.capital(word) : entry.substring(equals + 1));
  }

  /** The entry of a word list as it is to be written. */
  String spelled(String entry) {
    StringBuilder spelled = new StringBuilder();
    List<String> tokens = List.of(entry.split(" "));
    int at = 0;
    while (at < tokens.size()) {
      int length = longestPhrase(tokens, at);
      String found = String.join(" ", tokens.subList(at, at + length));
      String written = length > 1 ? phrases.get(found) : words.getOrDefault(found, found);
      spelled.append(spelled.isEmpty() ? "" : " ").append(written);
      at += length;
    }
    return spelled.toString();
  }

  private int longestPhrase(List<String> tokens, int at) {
    for (int length = Math.min(4, tokens.size() - at); length > 1; length--) {
      if (phrases.containsKey(String.join(" ", tokens.subList(at, at + length)))) {
        return length;
      }
    }
    return 1;
  }

  /** True for names that take no article: Intel, NASA, Hong Kong. */
  boolean bare(String written) {
    return bare.contains(written)
        || (written.indexOf(' ') < 0 && written.length() > 1 && isName(written));
  }

  private static boolean isName(String word) {
    boolean acronym =
        Character.isUpperCase(word.charAt(0)) && Character.isUpperCase(word.charAt(1));
    boolean oneThing = Character.isUpperCase(word.charAt(0)) && !word.endsWith("s");
    return acronym || oneThing;
  }
}
