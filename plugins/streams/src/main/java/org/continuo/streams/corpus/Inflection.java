package org.continuo.streams.corpus;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * English word forms. A noun phrase is inflected at its head ("home run" -> "home runs", "pair of
 * shoes" -> "pairs of shoes"), a verb phrase at its first word ("carry out" -> "carried out").
 */
final class Inflection {
  /** The forms a slot may ask for. */
  static final Set<String> FORMS =
      Set.of(
          "s", "does", "past", "done", "ing", "er", "est", "cap", "title", "upper", "the", "is",
          "comma");

  private static final Pattern HEAD =
      Pattern.compile("^(.*?)(\\S+)( (?:of|in|at|to|for|on|from|by)( .*)?)?$");
  private static final Pattern HISSING = Pattern.compile("(?:s|x|z|ch|sh)$");
  private static final Pattern SILENT_E = Pattern.compile("(?:[^aeiouy]|[aeiou]u)e$");
  private static final Pattern SHORT = Pattern.compile("(?:qu|[^aeiou])*[aeiou][^aeiouwxy]");
  private static final String VOWELS = "aeiou";

  private final Map<String, List<String>> verbs;
  private final Map<String, List<String>> plurals;
  private final Map<String, List<String>> comparatives;
  private final Set<String> doubling;
  private final Set<String> singular;
  private final ProperNouns proper;

  Inflection(Sections irregular, ProperNouns proper) {
    Map<String, List<String>> words = irregular.words();
    this.verbs = table(words.get("verbs"));
    this.plurals = table(words.get("plurals"));
    this.comparatives = table(words.get("comparatives"));
    this.doubling = Set.copyOf(words.get("doubling"));
    this.singular = new HashSet<>(words.get("singular"));
    this.proper = proper;
  }

  private static Map<String, List<String>> table(List<String> lines) {
    Map<String, List<String>> table = new HashMap<>();
    for (String line : lines) {
      List<String> forms = List.of(line.split(" "));
      table.put(forms.get(0), forms.subList(1, forms.size()));
    }
    return table;
  }

  String form(String phrase, String form) {
    return switch (form) {
      case "s" -> atHead(phrase);
      case "does" -> atFirst(phrase, Inflection::withS);
      case "past" -> atFirst(phrase, verb -> past(verb, 0));
      case "done" -> atFirst(phrase, verb -> past(verb, 1));
      case "ing" -> atFirst(phrase, this::ing);
      case "er" -> compared(phrase, 0, "er", "more ");
      case "est" -> compared(phrase, 1, "est", "most ");
      case "cap" -> capital(phrase);
      case "title" -> titled(phrase);
      case "upper" -> phrase.toUpperCase(Locale.ROOT);
      case "the" -> proper.bare(phrase) ? phrase : "the " + phrase;
      case "is" -> phrase + (isPlural(phrase) ? " are" : " is");
      case "comma" ->
          phrase.endsWith(".") ? phrase.substring(0, phrase.length() - 1) + "," : phrase;
      default -> throw new IllegalArgumentException("no form '" + form + "'; there are " + FORMS);
    };
  }

  static String capital(String phrase) {
    return phrase.isEmpty()
        ? phrase
        : Character.toUpperCase(phrase.charAt(0)) + phrase.substring(1);
  }

  private static String titled(String phrase) {
    StringBuilder title = new StringBuilder();
    for (String word : List.of(phrase.split(" "))) {
      title.append(title.isEmpty() ? "" : " ").append(capital(word));
    }
    return title.toString();
  }

  private interface Change {
    String of(String word);
  }

  private static String atFirst(String phrase, Change change) {
    int space = phrase.indexOf(' ');
    return space < 0
        ? change.of(phrase)
        : change.of(phrase.substring(0, space)) + phrase.substring(space);
  }

  private String atHead(String phrase) {
    Matcher matcher = HEAD.matcher(phrase);
    if (!matcher.matches()) {
      return phrase;
    }
    String rest = matcher.group(3) == null ? "" : matcher.group(3);
    return matcher.group(1) + plural(matcher.group(2)) + rest;
  }

  private String plural(String noun) {
    List<String> irregular = plurals.get(noun);
    if (irregular != null) {
      return irregular.get(0);
    }
    boolean already = noun.endsWith("s") && !noun.endsWith("ss") && !singular.contains(noun);
    return already ? noun : withS(noun);
  }

  private boolean isPlural(String phrase) {
    String last = phrase.substring(phrase.lastIndexOf(' ') + 1);
    boolean regular = last.endsWith("s") && !last.endsWith("ss") && !last.endsWith("'s");
    return (regular && !singular.contains(last)) || List.of("people", "men").contains(last);
  }

  private static String withS(String word) {
    if (word.equals("have")) {
      return "has";
    }
    if (HISSING.matcher(word).find() || List.of("go", "do", "undergo").contains(word)) {
      return word + "es";
    }
    return consonantY(word) ? word.substring(0, word.length() - 1) + "ies" : word + "s";
  }

  private String past(String verb, int column) {
    List<String> irregular = verbs.get(verb);
    if (irregular != null) {
      return irregular.get(column);
    }
    if (verb.endsWith("e")) {
      return verb + "d";
    }
    return consonantY(verb) ? verb.substring(0, verb.length() - 1) + "ied" : stem(verb) + "ed";
  }

  private String ing(String verb) {
    if (verb.equals("lie") || verb.equals("die") || verb.equals("tie")) {
      return verb.substring(0, verb.length() - 2) + "ying";
    }
    boolean silent = SILENT_E.matcher(verb).find();
    return silent ? verb.substring(0, verb.length() - 1) + "ing" : stem(verb) + "ing";
  }

  private String compared(String quality, int column, String ending, String word) {
    List<String> irregular = comparatives.get(quality);
    if (irregular != null) {
      return irregular.get(column);
    }
    if (quality.length() > 7 || quality.indexOf(' ') >= 0 || syllables(quality) > 2) {
      return word + quality;
    }
    if (consonantY(quality)) {
      return quality.substring(0, quality.length() - 1) + "i" + ending;
    }
    if (syllables(quality) > 1) {
      return word + quality;
    }
    return quality.endsWith("e") ? quality + ending.substring(1) : stem(quality) + ending;
  }

  /** With the last consonant doubled where the ending asks for it: "stop" -> "stopp". */
  private String stem(String word) {
    boolean short1 = syllables(word) == 1 && SHORT.matcher(word).matches();
    return short1 || doubling.contains(word) ? word + word.charAt(word.length() - 1) : word;
  }

  private static boolean consonantY(String word) {
    return word.length() > 1
        && word.endsWith("y")
        && VOWELS.indexOf(word.charAt(word.length() - 2)) < 0;
  }

  private static int syllables(String word) {
    int count = 0;
    boolean vowelBefore = false;
    for (int i = 0; i < word.length(); i++) {
      char c = word.charAt(i);
      boolean vowel = VOWELS.indexOf(c) >= 0 || c == 'y';
      count += vowel && !vowelBefore ? 1 : 0;
      vowelBefore = vowel;
    }
    return word.endsWith("e") && count > 1 ? count - 1 : count;
  }
}
