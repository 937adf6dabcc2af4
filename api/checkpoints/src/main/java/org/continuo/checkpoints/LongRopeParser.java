package org.continuo.checkpoints;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.continuo.checkpoints.Rope.Scaling.ByLength;
import org.continuo.checkpoints.Rope.Scaling.PerPair;

/**
 * Reads how positions of Phi-3 turn: a share of each head, and beyond the length of the first
 * training by other divisors (LongRoPE, Ding et al. 2024).
 */
record LongRopeParser(JsonReader config, int headSize) {
  private static final String ORIGINAL = "original_max_position_embeddings";
  private static final int USUAL_ORIGINAL = 4096;

  Rope parse() {
    boolean older = config.get(RopeParser.OLDER).size() > 0;
    if (older && config.get(RopeParser.NEWER).size() > 0) {
      config.contradiction(RopeParser.OLDER, RopeParser.NEWER);
    }
    JsonReader rope = config.object(older ? RopeParser.OLDER : RopeParser.NEWER);
    RopeParser.same(config, rope, RopeParser.THETA);
    RopeParser.same(config, rope, RopeParser.SHARE);
    double theta = RopeParser.theta(config, rope);
    double share = (rope.has(RopeParser.SHARE) ? rope : config).positive(RopeParser.SHARE, 1);
    Rope plain = new Rope(theta, share, Rope.Scaling.NONE);
    int turned = plain.turned(headSize);
    if (share > 1 || turned < 2 || turned % 2 != 0) {
      rope.problem(
          RopeParser.SHARE,
          "found %s, which lets %d of the %d elements of a head turn; expected an even number of them"
              .formatted(share, turned, headSize));
      return new Rope(theta, Rope.Scaling.NONE);
    }
    RopeParser.Type type = RopeParser.Type.of(rope);
    return switch (type.name()) {
      case "default" -> plain;
      // the original library takes the two older names for the same
      case "longrope", "su", "yarn" -> new Rope(theta, share, byLength(rope, turned / 2));
      default -> {
        type.unknown(rope, "[default, longrope]");
        yield plain;
      }
    };
  }

  private ByLength byLength(JsonReader rope, int pairs) {
    int original = config.wholeNumber(ORIGINAL, 2, USUAL_ORIGINAL);
    if (rope.has(ORIGINAL) && rope.count(ORIGINAL, original) != original) {
      rope.problem(
          ORIGINAL,
          "found %s, and %d beside it%s; the original library reads the latter: leave one of them there"
              .formatted(
                  rope.get(ORIGINAL),
                  original,
                  config.has(ORIGINAL) ? "" : " where the key is not set"));
    }
    double magnitude = magnitude(rope, original);
    return new ByLength(
        new PerPair(divisors(rope, "short_factor", pairs), magnitude),
        new PerPair(divisors(rope, "long_factor", pairs), magnitude),
        original);
  }

  private double magnitude(JsonReader rope, int original) {
    double factor =
        rope.positive(
            "factor", (double) config.count("max_position_embeddings", original) / original);
    double usual = factor <= 1 ? 1 : Math.sqrt(1 + Math.log(factor) / Math.log(original));
    return rope.positive("attention_factor", usual);
  }

  private static List<Double> divisors(JsonReader rope, String key, int pairs) {
    JsonNode list = rope.get(key);
    List<Double> divisors = new ArrayList<>();
    list.forEach(number -> divisors.add(number.isNumber() ? number.asDouble() : 0));
    if (!list.isArray() || divisors.size() != pairs || divisors.stream().anyMatch(d -> !(d > 0))) {
      rope.problem(
          key,
          "found %s, expected a list of %d numbers above 0, one for each pair of a head that turns"
              .formatted(list.isArray() ? divisors.size() + " entries" : "no list", pairs));
      return Collections.nCopies(pairs, 1.0);
    }
    return divisors;
  }
}
