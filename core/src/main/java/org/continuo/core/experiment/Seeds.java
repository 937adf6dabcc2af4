package org.continuo.core.experiment;

import java.util.OptionalLong;
import org.continuo.api.plugin.Option;

/** One seed per purpose, so that one can vary while the others stay. */
public record Seeds(
    @Option(doc = "first values of parameters", min = 0) OptionalLong initialisation,
    @Option(doc = "what the stream draws and generates", min = 0) OptionalLong data,
    @Option(doc = "order of the examples in training", min = 0) OptionalLong shuffling,
    @Option(doc = "dropout masks", min = 0) OptionalLong dropout,
    @Option(doc = "what strategies draw", min = 0) OptionalLong strategy) {}
