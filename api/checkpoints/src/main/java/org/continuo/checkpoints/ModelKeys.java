package org.continuo.checkpoints;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.continuo.checkpoints.CheckpointConfig.Heads;

/** What the families spell alike in {@code config.json}. */
record ModelKeys(JsonReader json) {
  private static final int MOST_LAYERS = 10_000;
  private static final int WIDEST = 1 << 28;
  private static final List<String> LAYER_TYPES = List.of("full_attention", "sliding_attention");

  String architecture(Family family) {
    return json.get("architectures").path(0).asText(family.modelType());
  }

  /** Bounded, so that a file of a few bytes asks for little before its weights are looked at. */
  int layers(String key) {
    return bounded(key, json.count(key));
  }

  int layers(String key, int unset) {
    return bounded(key, json.count(key, unset));
  }

  private int bounded(String key, int layers) {
    if (layers > MOST_LAYERS) {
      json.problem(key, "found %d, expected at most %d".formatted(layers, MOST_LAYERS));
      return MOST_LAYERS;
    }
    return layers;
  }

  void divides(String part, int count, String whole, int total) {
    if (total % count != 0) {
      json.problem(part, "found %d, which does not divide %s = %d".formatted(count, whole, total));
    }
  }

  /** Heads that together are as wide as the hidden states. */
  Heads heads(String key, String widthKey, int width) {
    int count = json.count(key);
    divides(key, count, widthKey, width);
    return new Heads(count, count, Math.max(1, width / count));
  }

  /**
   * Heads of a width of their own that share keys and values.
   *
   * @param keyValue what the family takes where {@code num_key_value_heads} is not set
   */
  Heads grouped(int count, int keyValue, int unsetSize) {
    int shared = json.count("num_key_value_heads", keyValue);
    int size = json.count("head_dim", unsetSize);
    divides("num_key_value_heads", shared, "num_attention_heads", count);
    if ((long) count * size > WIDEST) {
      json.problem(
          "head_dim",
          "found %d for each of %d heads, expected at most %d in all"
              .formatted(size, count, WIDEST));
      size = 2;
    }
    Heads heads = new Heads(count, shared, size);
    pairs("head_dim", heads);
    return heads;
  }

  /** Half of a head turns against the other half. */
  void pairs(String key, Heads heads) {
    if (heads.size() % 2 != 0) {
      json.problem(key, "found " + heads.size() + ", expected an even number (rotary pairs)");
    }
  }

  Activation activation(String key, String unset) {
    String name = json.text(key, unset);
    Optional<Activation> known = Activation.named(name);
    if (known.isEmpty()) {
      json.problem(key, "found '%s', expected one of %s".formatted(name, Activation.known()));
    }
    return known.orElse(Activation.SILU);
  }

  /** The one of two spellings that is there; both are refused unless they say the same. */
  String spelled(String key, String other) {
    if (json.has(key) && json.has(other) && !json.get(key).equals(json.get(other))) {
      json.contradiction(key, other);
    }
    return json.has(key) || !json.has(other) ? key : other;
  }

  /** {@code null} stands for none, which is not what an absent key means. */
  OptionalDouble cap(String key, OptionalDouble unset) {
    if (json.absent(key)) {
      return unset;
    }
    return json.has(key) ? OptionalDouble.of(json.positive(key)) : OptionalDouble.empty();
  }

  /** Reports a setting that is there and not what is computed here. */
  void expect(String key, boolean expected, String reason) {
    if (json.flag(key, expected) != expected) {
      json.problem(key, "found %s, expected %s: %s".formatted(!expected, expected, reason));
    }
  }

  /** The layers that {@code layer_types} gives a window; empty, and a problem, if it is no list. */
  Optional<Set<Integer>> windowed(int layers) {
    JsonNode types = json.get("layer_types");
    if (types.size() != layers) {
      json.mismatch("layer_types", "one entry for each of " + layers + " layers");
      return Optional.empty();
    }
    for (JsonNode type : types) {
      if (!LAYER_TYPES.contains(type.asText())) {
        json.problem(
            "layer_types", "found '%s', expected one of %s".formatted(type.asText(), LAYER_TYPES));
        return Optional.empty();
      }
    }
    return Optional.of(
        IntStream.range(0, layers)
            .filter(layer -> types.path(layer).asText().equals(LAYER_TYPES.get(1)))
            .boxed()
            .collect(Collectors.toSet()));
  }

  /**
   * The layers with a window, by list or by a rhythm.
   *
   * @param full which layer of every {@code period} has none, if there is no list
   */
  Set<Integer> windowed(int layers, int period, int full) {
    return json.has("layer_types")
        ? windowed(layers).orElse(Set.of())
        : IntStream.range(0, layers)
            .filter(layer -> layer % period != full % period)
            .boxed()
            .collect(Collectors.toSet());
  }
}
