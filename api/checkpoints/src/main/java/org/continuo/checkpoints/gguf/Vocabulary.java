package org.continuo.checkpoints.gguf;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The tokens of a file, what each is for, and those with a role.
 *
 * @param texts by id
 * @param kinds by id
 * @param ids of those that a text can have, by text
 * @param roles ids of tokens by role
 */
record Vocabulary(
    List<String> texts, List<Kind> kinds, Map<String, Integer> ids, Map<Role, Integer> roles) {
  static final String TOKENS = "tokenizer.ggml.tokens";
  private static final String KINDS = "tokenizer.ggml.token_type";

  /** What a token is for, in the order of their numbers in a file, which begin with 1. */
  enum Kind {
    NORMAL,
    UNKNOWN,
    CONTROL,
    USER_DEFINED,
    /** Fills a table up, and never is the token of a text. */
    UNUSED,
    BYTE
  }

  /** Tokens with a role, by the key that names one. */
  enum Role {
    BOS("bos_token"),
    EOS("eos_token"),
    UNK("unknown_token"),
    PAD("padding_token"),
    /** Ends a turn. */
    EOT("eot_token"),
    /** Ends a message to a tool. */
    EOM("eom_token");

    private final String name;

    Role(String name) {
      this.name = name;
    }

    String key() {
      return "tokenizer.ggml." + name + "_id";
    }
  }

  /**
   * @param rows of the table of embeddings
   */
  static Vocabulary read(Metadata keys, int rows) {
    List<String> texts = keys.list(TOKENS, String.class, "a list of texts");
    if (texts.isEmpty()) {
      keys.missing(TOKENS, "the tokens of the model");
    } else if (texts.size() > rows) {
      keys.problem(
          TOKENS,
          "found %d, expected at most %d, the rows of the table of embeddings; get the file again"
              .formatted(texts.size(), rows));
    }
    Map<Role, Integer> roles = roles(keys, texts.size());
    List<Kind> kinds = kinds(keys, texts.size(), roles);
    return new Vocabulary(texts, kinds, ids(keys, texts, kinds), roles);
  }

  private static Map<Role, Integer> roles(Metadata keys, int count) {
    Map<Role, Integer> roles = new EnumMap<>(Role.class);
    for (Role role : Role.values()) {
      keys.number(role.key())
          .ifPresent(
              id -> {
                if (id < count) {
                  roles.put(role, id);
                } else {
                  keys.mismatch(role.key(), "the number of one of %d tokens".formatted(count));
                }
              });
    }
    return roles;
  }

  private static List<Kind> kinds(Metadata keys, int count, Map<Role, Integer> roles) {
    List<Kind> kinds = new ArrayList<>(Collections.nCopies(count, Kind.NORMAL));
    if (!keys.has(KINDS)) {
      // files older than the key
      Stream.of(Role.BOS, Role.EOS, Role.UNK)
          .flatMap(role -> Optional.ofNullable(roles.get(role)).stream())
          .forEach(id -> kinds.set(id, Kind.CONTROL));
      return kinds;
    }
    List<Long> numbers = keys.list(KINDS, Long.class, "a list of whole numbers");
    if (numbers.size() != count) {
      keys.mismatch(KINDS, "one for each of %d tokens".formatted(count));
      return kinds;
    }
    for (int id = 0; id < count; id++) {
      long number = numbers.get(id);
      if (number < 1 || number > Kind.values().length) {
        keys.problem(KINDS, "found %d for token %d, expected 1 to 6".formatted(number, id));
        return kinds;
      }
      kinds.set(id, Kind.values()[(int) number - 1]);
    }
    return kinds;
  }

  private static Map<String, Integer> ids(Metadata keys, List<String> texts, List<Kind> kinds) {
    Map<String, Integer> ids = new LinkedHashMap<>();
    for (int id = 0; id < texts.size(); id++) {
      if (kinds.get(id) != Kind.UNUSED) {
        Integer other = ids.putIfAbsent(texts.get(id), id);
        if (other != null) {
          keys.problem(
              TOKENS,
              "found '%s' as %d and %d, expected each token once; get the file again"
                  .formatted(texts.get(id), other, id));
        }
      }
    }
    return ids;
  }

  Optional<String> text(Role role) {
    return Optional.ofNullable(roles.get(role)).map(texts::get);
  }

  boolean is(String text, Kind kind) {
    return Optional.ofNullable(ids.get(text)).filter(id -> kinds.get(id) == kind).isPresent();
  }
}
