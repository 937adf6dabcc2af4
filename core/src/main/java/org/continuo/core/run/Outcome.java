package org.continuo.core.run;

import java.nio.file.Path;
import org.continuo.core.evaluate.AccuracyMatrix;
import org.continuo.core.evaluate.MetricHistory;
import org.continuo.results.RunStatus;

/**
 * How a run ended.
 *
 * @param metrics empty if the experiment names none
 */
public record Outcome(
    RunStatus status, Path folder, AccuracyMatrix matrix, MetricHistory metrics) {}
