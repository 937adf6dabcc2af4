package org.continuo.api.data;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.continuo.api.plugin.Stability;

/**
 * What a model reads, with the origin of its parts: special tokens written in a template are
 * themselves, in a text they are characters.
 *
 * @param pieces in their order; neighbours of one origin are joined, empty ones left out
 */
@Stability(Stability.Level.EVOLVING)
public record Prompt(List<Piece> pieces) {
  /** Who wrote a piece. */
  public enum Origin {
    /** The experiment file, or the tokenizer's chat template. */
    TEMPLATE,
    /** The data. */
    TEXT
  }

  /** Part of a prompt. */
  public record Piece(Origin origin, String text) {
    private Piece with(String other) {
      return new Piece(origin, other);
    }
  }

  public Prompt {
    List<Piece> joined = new ArrayList<>();
    for (Piece piece : pieces) {
      int last = joined.size() - 1;
      if (last >= 0 && joined.get(last).origin == piece.origin) {
        joined.set(last, piece.with(joined.get(last).text + piece.text));
      } else if (!piece.text.isEmpty()) {
        joined.add(piece);
      }
    }
    pieces = List.copyOf(joined);
  }

  /** One of a template alone. */
  public static Prompt template(String template) {
    return new Prompt(List.of(new Piece(Origin.TEMPLATE, template)));
  }

  /** One of a text alone. */
  public static Prompt text(String text) {
    return new Prompt(List.of(new Piece(Origin.TEXT, text)));
  }

  /** This, and the other behind it. */
  public Prompt then(Prompt other) {
    List<Piece> both = new ArrayList<>(pieces);
    both.addAll(other.pieces);
    return new Prompt(both);
  }

  /** Without white space at both ends. */
  public Prompt strip() {
    List<Piece> kept = new ArrayList<>(pieces);
    while (!kept.isEmpty() && kept.get(0).text.isBlank()) {
      kept.remove(0);
    }
    while (!kept.isEmpty() && kept.get(kept.size() - 1).text.isBlank()) {
      kept.remove(kept.size() - 1);
    }
    if (!kept.isEmpty()) {
      kept.set(0, kept.get(0).with(kept.get(0).text.stripLeading()));
      Piece last = kept.get(kept.size() - 1);
      kept.set(kept.size() - 1, last.with(last.text.stripTrailing()));
    }
    return new Prompt(kept);
  }

  /** All characters, whoever wrote them. */
  @Override
  public String toString() {
    return pieces.stream().map(Piece::text).collect(Collectors.joining());
  }
}
