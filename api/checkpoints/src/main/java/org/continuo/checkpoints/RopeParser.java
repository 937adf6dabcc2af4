package org.continuo.checkpoints;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;
import org.continuo.checkpoints.CheckpointConfig.Rotary;

/**
 * Reads how positions turn. The newer spelling keeps all in {@code rope_parameters}, the older in
 * {@code rope_theta} and {@code rope_scaling}; where both are there, the original library lets the
 * older {@code rope_scaling} replace the newer object. That is followed where nothing gets lost by
 * it; what contradicts is refused.
 */
final class RopeParser {
  static final String NEWER = "rope_parameters";
  static final String OLDER = "rope_scaling";
  static final String THETA = "rope_theta";
  static final String SHARE = "partial_rotary_factor";
  private static final String TYPE = "rope_type";
  private static final double USUAL_THETA = 10_000;

  private final JsonReader config;

  RopeParser(JsonReader config) {
    this.config = config;
  }

  /** Where the older spelling keeps the base of each kind of layer, and what it is if not set. */
  record Bases(String full, double fullUnset, String windowed, double windowedUnset) {}

  /** The kinds of layers an older {@code rope_scaling} means. */
  enum Older {
    FULL,
    BOTH
  }

  /** The same for all layers. */
  Rope parse() {
    boolean older = set(OLDER);
    if (!older) {
      return parse(NEWER);
    }
    Rope rope = parse(OLDER);
    if (set(NEWER)) {
      Rope newer = parse(NEWER);
      boolean scaled = newer.scaling() != Rope.Scaling.NONE;
      if (newer.theta() != rope.theta() || (scaled && !newer.equals(rope))) {
        config.contradiction(OLDER, NEWER);
      }
    }
    return rope;
  }

  /** For each kind of layer its own, in an object of its own. */
  Rotary parse(Bases bases, Older older) {
    JsonReader kinds = config.object(NEWER);
    for (var entry : kinds.root().properties()) {
      if (!List.of("full_attention", "sliding_attention").contains(entry.getKey())) {
        kinds.problem(
            entry.getKey(),
            "found a setting for all layers, expected an object for each of [full_attention, sliding_attention]");
      }
    }
    JsonReader scaling = config.object(OLDER);
    if (scaling.has("type") && !scaling.has(TYPE)) {
      scaling.problem(
          "type", "found %s, expected it as 'rope_type'".formatted(scaling.get("type")));
    }
    Rope full =
        kind(kinds.object("full_attention"), bases.full(), bases.fullUnset(), Optional.of(scaling));
    Rope windowed =
        kind(
            kinds.object("sliding_attention"),
            bases.windowed(),
            bases.windowedUnset(),
            older == Older.BOTH ? Optional.of(scaling) : Optional.empty());
    return new Rotary(full, windowed);
  }

  private Rope kind(JsonReader rope, String key, double unset, Optional<JsonReader> older) {
    whole(config);
    whole(rope);
    double theta = rope.has(THETA) ? rope.positive(THETA) : config.positive(key, unset);
    Rope.Scaling scaling = scaling(rope);
    Optional<Rope.Scaling> replaced =
        older.filter(o -> o.root().size() > 0).map(RopeParser::scaling);
    if (replaced.isPresent() && scaling != Rope.Scaling.NONE && !scaling.equals(replaced.get())) {
      config.contradiction(OLDER, NEWER);
    }
    return new Rope(theta, replaced.orElse(scaling));
  }

  private boolean set(String key) {
    return config.has(key) && config.get(key).size() > 0;
  }

  private Rope parse(String key) {
    JsonReader rope = config.object(key);
    for (var entry : rope.root().properties()) {
      if (entry.getValue().isObject()) {
        rope.problem(
            entry.getKey(),
            "found settings of one kind of layer, expected the same for all layers");
      }
    }
    same(config, rope, THETA);
    same(config, rope, "original_max_position_embeddings");
    double theta = theta(config, rope);
    whole(config);
    whole(rope);
    return new Rope(theta, scaling(rope));
  }

  static double theta(JsonReader config, JsonReader rope) {
    return rope.has(THETA) ? rope.positive(THETA) : config.positive(THETA, USUAL_THETA);
  }

  private static void whole(JsonReader holder) {
    double share = holder.positive(SHARE, 1);
    if (share != 1) {
      holder.problem(SHARE, "found " + share + ", expected 1: all of a head turns");
    }
  }

  /** A value inside the object and beside it. */
  static void same(JsonReader config, JsonReader rope, String key) {
    JsonNode inside = rope.get(key);
    JsonNode beside = config.get(key);
    if (inside.isNumber() && beside.isNumber() && inside.asDouble() != beside.asDouble()) {
      rope.problem(
          key,
          "found %s, and %s in '%s' beside it; they mean the same: leave one of them"
              .formatted(inside, beside, key));
    }
  }

  /** How a scaling is called, and under which key. */
  record Type(String key, String name) {
    static Type of(JsonReader rope) {
      Optional<String> newer = named(rope, TYPE);
      Optional<String> older = named(rope, "type");
      if (newer.isPresent() && older.isPresent() && !newer.equals(older)) {
        rope.contradiction(TYPE, "type");
      }
      return new Type(
          newer.isPresent() || older.isEmpty() ? TYPE : "type",
          newer.or(() -> older).orElse("default"));
    }

    private static Optional<String> named(JsonReader rope, String key) {
      return rope.has(key) ? Optional.of(rope.text(key, "default")) : Optional.empty();
    }

    void unknown(JsonReader rope, String known) {
      rope.problem(key, "found '" + name + "', expected one of " + known);
    }
  }

  private static Rope.Scaling scaling(JsonReader rope) {
    Type type = Type.of(rope);
    return switch (type.name()) {
      case "default" -> Rope.Scaling.NONE;
      case "linear" -> new Rope.Scaling.Linear(rope.positive("factor"));
      case "llama3" -> llama3(rope);
      default -> {
        type.unknown(rope, "[default, linear, llama3]");
        yield Rope.Scaling.NONE;
      }
    };
  }

  private static Rope.Scaling llama3(JsonReader rope) {
    double low = rope.positive("low_freq_factor");
    double high = rope.positive("high_freq_factor");
    if (rope.has("low_freq_factor") && high <= low) {
      rope.problem(
          "high_freq_factor", "found " + high + ", expected more than low_freq_factor = " + low);
    }
    return new Rope.Scaling.Llama3(
        rope.positive("factor"), low, high, rope.positive("original_max_position_embeddings"));
  }
}
