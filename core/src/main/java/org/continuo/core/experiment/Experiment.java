package org.continuo.core.experiment;

import org.continuo.api.data.TaskStream;
import org.continuo.api.learning.Head;
import org.continuo.api.learning.Strategy;
import org.continuo.api.model.Backbone;
import org.continuo.api.plugin.Option;
import org.continuo.core.files.FileName;

/** The block {@code experiment} of an experiment file. */
public record Experiment(
    @Option(doc = "name of the experiment, part of the run folder's name", value = "experiment")
        FileName name,
    @Option(doc = "everything random derives from it", value = "1", min = 0) long seed,
    @Option(doc = "seeds of single purposes, where they differ from the one above") Seeds seeds,
    @Option(doc = "the frozen model") Backbone.Factory backbone,
    @Option(doc = "the tasks and their data") TaskStream.Factory stream,
    @Option(doc = "how hidden states become answers") Head.Factory head,
    @Option(doc = "how the model learns one task after another") Strategy.Factory strategy,
    @Option(doc = "how each task is trained") Training training,
    @Option(doc = "how the tasks are tested") Evaluation evaluation,
    @Option(doc = "what the strategy is allowed to see") Protocol protocol,
    @Option(
            doc =
                "checkpoints after each task, to resume from: the latest, also once the run has"
                    + " completed; unfinished: the latest until then; all; none",
            value = "latest")
        Checkpoints checkpoints) {}
