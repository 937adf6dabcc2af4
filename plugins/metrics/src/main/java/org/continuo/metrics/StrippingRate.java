package org.continuo.metrics;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.continuo.api.plugin.Option;
import org.continuo.api.result.Metric;
import org.continuo.api.result.MetricDefinition;
import org.continuo.api.result.Prediction;

/**
 * The share of items that need no person: what a label claims at the loosest threshold that keeps
 * the required precision, and in total what exactly one label claims (what two claim, a person
 * decides).
 *
 * <p>An item without probabilities counts among the n and is claimed by none; predictions none of
 * which has probabilities give nothing. The total is not in the authors' code, which looks at one
 * label at a time. Equal probabilities are never separated there or here.
 */
final class StrippingRate implements Metric {
  static final String ID = "stripping-rate";
  static final String SOURCE =
      "MoE-CL, arXiv 2509.18133, offline A/B test; thresholds as in the authors' cal_skipping.py";

  /** The authors' main program asks for a precision of 0.8. */
  public record Options(
      @Option(
              doc = "least share of right ones among the items a label claims",
              value = "0.9",
              min = 0,
              max = 1)
          double precision,
      @Option(doc = "labels that may claim items; none named: all") List<String> labels) {
    public Options {
      labels = labels.stream().distinct().toList();
    }
  }

  private final Options options;

  StrippingRate(Options options) {
    this.options = options;
  }

  @Override
  public MetricDefinition definition() {
    String precision = BigDecimal.valueOf(options.precision()).stripTrailingZeros().toPlainString();
    List<String> labels = options.labels();
    return new MetricDefinition(
        ID + "@" + precision + (labels.isEmpty() ? "" : "[" + String.join(",", labels) + "]"),
        "Stripping rate at precision " + precision,
        "Share of items decided without a person. Each label claims the items whose probability of"
            + " it reaches a threshold, the loosest at which at least "
            + precision
            + " of those claimed have the label; the total counts the items that exactly one "
            + (labels.isEmpty() ? "label" : "of " + String.join(", ", labels))
            + " claims. The thresholds are chosen on the items they are measured on, as in the"
            + " authors' code, so on new items the precision is likely to be lower. Nothing is"
            + " given for answers without probabilities",
        "rate(l) = max_θ |C(θ)|/n with C(θ) = {i: p_l(i) ≥ θ} and |{i ∈ C(θ): y_i = l}| ≥ "
            + precision
            + " |C(θ)|",
        SOURCE,
        true);
  }

  @Override
  public Map<String, Double> values(List<Prediction> predictions) {
    Collection<LabelRanking> rankings = rankings(predictions).values();
    if (rankings.isEmpty()) {
      return Map.of();
    }
    int[] claims = new int[predictions.size()];
    Map<String, Double> byLabel = new LinkedHashMap<>();
    for (LabelRanking ranking : rankings) {
      List<Integer> claimed = ranking.claimed(options.precision());
      claimed.forEach(item -> claims[item]++);
      byLabel.put(Metric.ofLabel(ranking.label()), (double) claimed.size() / predictions.size());
    }
    long decided = Arrays.stream(claims).filter(count -> count == 1).count();
    Map<String, Double> values = new LinkedHashMap<>();
    values.put(TOTAL, (double) decided / predictions.size());
    values.putAll(byLabel);
    return values;
  }

  @Override
  public List<Curve> curves(List<Prediction> predictions) {
    return rankings(predictions).values().stream()
        .map(ranking -> PrecisionCurve.of(ranking, options.precision()))
        .toList();
  }

  /** By label, those of the options or all that any item scores. */
  private Map<String, LabelRanking> rankings(List<Prediction> predictions) {
    Set<String> labels = new LinkedHashSet<>();
    predictions.forEach(prediction -> labels.addAll(prediction.probabilities().keySet()));
    if (!options.labels().isEmpty()) {
      labels.retainAll(options.labels());
    }
    Map<String, LabelRanking> rankings = new LinkedHashMap<>();
    labels.forEach(label -> rankings.put(label, LabelRanking.of(label, predictions)));
    return rankings;
  }
}
