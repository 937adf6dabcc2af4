package org.continuo.suite.compare;

import org.continuo.api.result.Metric;

/**
 * A number that both runs have: the score, or a value of a metric.
 *
 * @param value of which part of it: {@code total}, a label
 */
record Quantity(String measure, String value) {
  @Override
  public String toString() {
    return value.equals(Metric.TOTAL) ? measure : measure + " " + value;
  }
}
