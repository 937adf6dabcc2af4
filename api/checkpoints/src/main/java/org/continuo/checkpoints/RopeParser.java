package org.continuo.checkpoints;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/**
 * Reads how positions turn. The newer spelling keeps all in {@code rope_parameters}, the older in
 * {@code rope_theta} and {@code rope_scaling}; where both are there, the original library lets the
 * older {@code rope_scaling} replace the newer object. That is followed where nothing gets lost by
 * it; what contradicts is refused.
 */
final class RopeParser {
  private static final String NEWER = "rope_parameters";
  private static final String OLDER = "rope_scaling";
  private static final String THETA = "rope_theta";
  private static final double USUAL_THETA = 10_000;

  private final JsonReader config;

  RopeParser(JsonReader config) {
    this.config = config;
  }

  Rope parse() {
    boolean older = config.has(OLDER) && config.get(OLDER).size() > 0;
    if (!older) {
      return parse(NEWER);
    }
    Rope rope = parse(OLDER);
    if (config.has(NEWER) && config.get(NEWER).size() > 0) {
      Rope newer = parse(NEWER);
      boolean scaled = newer.scaling() != Rope.Scaling.NONE;
      if (newer.theta() != rope.theta() || (scaled && !newer.equals(rope))) {
        config.contradiction(OLDER, NEWER);
      }
    }
    return rope;
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
    same(rope, THETA);
    same(rope, "original_max_position_embeddings");
    double theta = rope.has(THETA) ? rope.positive(THETA) : config.positive(THETA, USUAL_THETA);
    for (JsonReader holder : new JsonReader[] {config, rope}) {
      double share = holder.positive("partial_rotary_factor", 1);
      if (share != 1) {
        holder.problem(
            "partial_rotary_factor", "found " + share + ", expected 1: all of a head turns");
      }
    }
    return new Rope(theta, scaling(rope));
  }

  /** A value inside the object and beside it. */
  private void same(JsonReader rope, String key) {
    JsonNode inside = rope.get(key);
    JsonNode beside = config.get(key);
    if (inside.isNumber() && beside.isNumber() && inside.asDouble() != beside.asDouble()) {
      rope.problem(
          key,
          "found %s, and %s in '%s' beside it; they mean the same: leave one of them"
              .formatted(inside, beside, key));
    }
  }

  private static Rope.Scaling scaling(JsonReader rope) {
    Optional<String> newer = type(rope, "rope_type");
    Optional<String> older = type(rope, "type");
    if (newer.isPresent() && older.isPresent() && !newer.equals(older)) {
      rope.contradiction("rope_type", "type");
    }
    String key = newer.isPresent() || older.isEmpty() ? "rope_type" : "type";
    String type = newer.or(() -> older).orElse("default");
    return switch (type) {
      case "default" -> Rope.Scaling.NONE;
      case "linear" -> new Rope.Scaling.Linear(rope.positive("factor"));
      case "llama3" -> llama3(rope);
      default -> {
        rope.problem(key, "found '" + type + "', expected one of [default, linear, llama3]");
        yield Rope.Scaling.NONE;
      }
    };
  }

  private static Optional<String> type(JsonReader rope, String key) {
    return rope.has(key) ? Optional.of(rope.text(key, "default")) : Optional.empty();
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
