/**
 * What comes out of a run: answers, and what is measured on them. The files that hold it, and
 * reports on them, are in the library {@code org.continuo.results}.
 *
 * <pre>{@code
 * Prediction p = new Prediction(example.id(), "Sports", example.answer(),
 *     Map.of("accuracy", 0.0), Map.of("World", 0.31, "Sports", 0.69));
 * double confidence = metric.values(List.of(p)).get(Metric.TOTAL);
 * }</pre>
 */
package org.continuo.api.result;
