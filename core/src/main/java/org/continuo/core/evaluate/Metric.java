package org.continuo.core.evaluate;

/**
 * What a number means, as data for reports and the reference page.
 *
 * @param name the key under which results carry it
 * @param title what people call it
 * @param definition one line
 * @param formula over {@code R[t][i]}, score on task i of T after training task t, both from 0;
 *     {@code b[i]} the score before any training, {@code n[i]} the test examples of task i
 * @param source the paper that defines it, or the software that reports this variant
 * @param higherIsBetter false for the forgetting measures
 */
public record Metric(
    String name,
    String title,
    String definition,
    String formula,
    String source,
    boolean higherIsBetter) {}
