package org.continuo.core.experiment;

import org.continuo.api.plugin.Option;

/** The block {@code protocol}: what a strategy may see; the host withholds the rest. */
public record Protocol(
    @Option(doc = "whether training examples of earlier tasks may be kept", value = "true")
        boolean pastData,
    @Option(
            doc = "whether training examples of tasks to come may be seen, for upper bounds only",
            value = "false")
        boolean futureData) {}
