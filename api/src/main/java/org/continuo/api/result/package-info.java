/**
 * What comes out of a run: answers, what is measured on them, and reports.
 *
 * <pre>{@code
 * Prediction p = new Prediction(example.id(), "Sports", example.answer(),
 *     Map.of("accuracy", 0.0), Map.of("World", 0.31, "Sports", 0.69));
 * double confidence = metric.values(List.of(p)).get(Metric.TOTAL);
 * }</pre>
 */
package org.continuo.api.result;
