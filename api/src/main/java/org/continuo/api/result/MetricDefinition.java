package org.continuo.api.result;

import org.continuo.api.plugin.Stability;

/**
 * What a number means, as data for reports and the reference page.
 *
 * @param name the key under which results carry it; two variants of a formula have two names
 * @param title what people call it
 * @param definition one line
 * @param formula says which letters it uses where they are not those of its package
 * @param source the paper that defines it, or the software that reports this variant
 * @param higherIsBetter false for what is lost or wrong
 */
@Stability(Stability.Level.EVOLVING)
public record MetricDefinition(
    String name,
    String title,
    String definition,
    String formula,
    String source,
    boolean higherIsBetter) {}
