package org.continuo.streams.corpus;

import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.continuo.streams.corpus.Frame.Choice;
import org.continuo.streams.corpus.Frame.Piece;
import org.continuo.streams.corpus.Frame.Slot;

/** A document being written: what it has said so far about whom, and where chance stands. */
final class Draft {
  /** Deeper than any sensible frame: a rule that leads back to itself ends here. */
  private static final int DEEPEST = 24;

  /** How often it looks for a sentence that was not said yet. */
  private static final int PATIENCE = 10;

  private final Grammar grammar;
  private final Random random;
  private final Map<String, String> values = new HashMap<>();
  private final Set<Frame> said = Collections.newSetFromMap(new IdentityHashMap<>());

  Draft(Grammar grammar, Random random) {
    this.grammar = grammar;
    this.random = random;
  }

  Grammar grammar() {
    return grammar;
  }

  /** An int below {@code bound}. */
  int below(int bound) {
    return random.nextInt(bound);
  }

  boolean chance(double probability) {
    return random.nextDouble() < probability;
  }

  <T> T one(List<T> of) {
    return of.get(below(of.size()));
  }

  Draft bind(String key, String value) {
    values.put(key, value);
    return this;
  }

  String value(String key) {
    String value = values.get(key);
    if (value == null) {
      throw new IllegalStateException("nothing is bound to '" + key + "'");
    }
    return value;
  }

  /** Text of a rule: {@code news.lead}, or {@code t.people} where {@code t} is bound to a file. */
  String write(String rule) {
    return resolve(rule, "", 0);
  }

  /** One of the frames; a sentence that the document already has only if no other turns up. */
  private Frame choose(List<Frame> frames) {
    Frame frame = one(frames);
    for (int i = 0; i < PATIENCE && frame.sentence() && !said.add(frame); i++) {
      frame = one(frames);
    }
    return frame;
  }

  private String expand(Grammar.Rule rule, int depth) {
    if (depth > DEEPEST) {
      throw new IllegalStateException("the rules of " + rule.file() + " lead back to themselves");
    }
    StringBuilder text = new StringBuilder();
    append(choose(rule.frames()), rule.file(), depth, text);
    return text.toString();
  }

  private void append(Frame frame, String file, int depth, StringBuilder text) {
    for (Piece piece : frame.pieces()) {
      if (piece instanceof Frame.Text literal) {
        text.append(literal.text());
      } else if (piece instanceof Choice choice) {
        append(one(choice.alternatives()), file, depth, text);
      } else if (piece instanceof Slot slot) {
        text.append(fill(slot, file, depth));
      }
    }
  }

  private String fill(Slot slot, String file, int depth) {
    String value = resolve(slot.rule(), file, depth);
    slot.key().ifPresent(key -> bind(key, value));
    String formed = value;
    for (String form : slot.forms()) {
      formed = grammar.inflection().form(formed, form);
    }
    return formed;
  }

  private String resolve(String slot, String file, int depth) {
    int dot = slot.lastIndexOf('.');
    if (dot < 0) {
      if (file.equals("name") && Names.KINDS.contains(slot)) {
        return Names.invent(slot, random);
      }
      String local = file + "." + slot;
      return grammar.defines(local) ? expand(grammar.rule(local), depth + 1) : value(slot);
    }
    String first = slot.substring(0, dot);
    String last = slot.substring(dot + 1);
    if (first.equals("number")) {
      return Numbers.draw(last, random);
    }
    if (first.equals("name") && Names.KINDS.contains(last)) {
      return Names.invent(last, random);
    }
    String target = values.getOrDefault(first, first);
    return expand(grammar.rule(target + "." + last), depth + 1);
  }
}
