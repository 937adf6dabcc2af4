package org.continuo.streams.corpus;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.continuo.streams.corpus.Frame.Choice;
import org.continuo.streams.corpus.Frame.Piece;
import org.continuo.streams.corpus.Frame.Slot;

/**
 * All rules: a rule is a list of frames under a name such as {@code news.lead}, {@code
 * topics/tennis.people} or {@code general.month}. A slot names a rule of its own file by the part
 * after the dot; its first part may be a key whose value is a file: with {@code t} bound to {@code
 * topics/tennis}, {@code {t.people}} gives a tennis player.
 */
final class Grammar {
  /** Keys whose values are files, and the rules each of these files must have for it. */
  private static final Map<String, List<String>> FILE_KEYS =
      Map.of(
          "t", Topic.files(),
          "p", Product.FILES,
          "g", Grade.files(),
          "k", Kind.files(),
          "m", List.of("products/movie"));

  private static final List<String> SHARED =
      List.of("general", "name", "news", "account", "remark", "review", "snippet", "question");

  /** A frame with the file it comes from, where its local names are looked up. */
  record Rule(String file, List<Frame> frames) {}

  private final Map<String, Rule> rules = new LinkedHashMap<>();
  private final Set<String> boundInFrames = new HashSet<>();
  private final Inflection inflection;
  private final List<List<String>> countries;

  private Grammar() {
    ProperNouns proper = new ProperNouns(Sections.read("words/proper"));
    this.inflection = new Inflection(Sections.read("words/irregular"), proper);
    this.countries =
        Sections.read("words/countries").words().get("country").stream()
            .map(line -> List.of(line.split(" / ")))
            .toList();
    add("general", Sections.read("words/general"), proper);
    SHARED.forEach(file -> add(file, Sections.read("frames/" + file), proper));
    add("instruction", Sections.read("frames/instruction"), proper);
    FILE_KEYS.values().stream()
        .flatMap(List::stream)
        .distinct()
        .sorted()
        .forEach(file -> add(file, Sections.read(file), proper));
  }

  /**
   * Reads the resources of this module.
   *
   * @throws IllegalStateException with every slot that leads nowhere
   */
  static Grammar load() {
    Grammar grammar = new Grammar();
    List<String> problems = grammar.problems();
    if (!problems.isEmpty()) {
      throw new IllegalStateException(String.join("\n", problems));
    }
    return grammar;
  }

  private void add(String file, Sections sections, ProperNouns proper) {
    sections
        .words()
        .forEach(
            (name, words) ->
                add(
                    file,
                    name,
                    words.stream()
                        .map(word -> word.indexOf('{') < 0 ? proper.spelled(word) : word)
                        .toList()));
    sections.frames().forEach((name, frames) -> add(file, name, frames));
  }

  private void add(String file, String name, List<String> sources) {
    Rule rule = new Rule(file, sources.stream().map(Frame::parse).toList());
    if (rules.put(file + "." + name, rule) != null) {
      throw new IllegalStateException("the rule " + file + "." + name + " is defined twice");
    }
    rule.frames().stream()
        .flatMap(Grammar::slots)
        .forEach(slot -> slot.key().ifPresent(boundInFrames::add));
  }

  Rule rule(String name) {
    Rule rule = rules.get(name);
    if (rule == null) {
      throw new IllegalArgumentException("the rule " + name + " is not defined");
    }
    return rule;
  }

  boolean defines(String name) {
    return rules.containsKey(name);
  }

  /** The words of a rule that is a plain list. */
  List<String> words(String name) {
    return rule(name).frames().stream().map(Grammar::plain).toList();
  }

  private static String plain(Frame frame) {
    StringBuilder text = new StringBuilder();
    for (Piece piece : frame.pieces()) {
      if (!(piece instanceof Frame.Text literal)) {
        throw new IllegalArgumentException("found the slot " + piece + " in a list of words");
      }
      text.append(literal.text());
    }
    return text.toString();
  }

  Inflection inflection() {
    return inflection;
  }

  /** Name, adjective and capital of each. */
  List<List<String>> countries() {
    return countries;
  }

  /** How many frames with at least one slot there are. */
  long frames() {
    return rules.values().stream()
        .flatMap(rule -> rule.frames().stream())
        .filter(frame -> slots(frame).findAny().isPresent())
        .count();
  }

  private List<String> problems() {
    List<String> problems = new ArrayList<>();
    Map<String, Set<String>> missing = new HashMap<>();
    rules.forEach(
        (name, rule) ->
            rule.frames().stream()
                .flatMap(Grammar::slots)
                .forEach(
                    slot -> {
                      if (!resolves(rule.file(), slot.rule())) {
                        missing.computeIfAbsent(slot.rule(), key -> new HashSet<>()).add(name);
                      }
                      slot.forms().stream()
                          .filter(form -> !Inflection.FORMS.contains(form))
                          .forEach(form -> problems.add(name + ": no form '" + form + "'"));
                    }));
    missing.forEach(
        (slot, users) -> problems.add("the slot {" + slot + "} of " + users + " leads nowhere"));
    return problems;
  }

  private boolean resolves(String file, String slot) {
    int dot = slot.lastIndexOf('.');
    if (dot < 0) {
      return Cast.KEYS.contains(slot)
          || boundInFrames.contains(slot)
          || (file.equals("instruction") && Instruction.KEYS.contains(slot))
          || (file.equals("name") && Names.KINDS.contains(slot))
          || defines(file + "." + slot);
    }
    String first = slot.substring(0, dot);
    if (first.equals("number")) {
      return Numbers.KINDS.contains(slot.substring(dot + 1));
    }
    return FILE_KEYS.getOrDefault(first, List.of(first)).stream()
        .allMatch(value -> defines(value + slot.substring(dot)) || invented(slot));
  }

  private static boolean invented(String slot) {
    return slot.startsWith("name.") && Names.KINDS.contains(slot.substring("name.".length()));
  }

  private static Stream<Slot> slots(Frame frame) {
    return frame.pieces().stream()
        .flatMap(
            piece -> {
              if (piece instanceof Slot slot) {
                return Stream.of(slot);
              }
              return piece instanceof Choice choice
                  ? choice.alternatives().stream().flatMap(Grammar::slots)
                  : Stream.empty();
            });
  }
}
