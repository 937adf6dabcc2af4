package org.continuo.moecl;

import java.util.List;
import org.continuo.api.learning.Adversary;
import org.continuo.api.model.Expert;
import org.continuo.api.model.Projection;
import org.continuo.api.model.Router;
import org.continuo.api.plugin.Option;
import org.continuo.moecl.drift.DriftOptions;
import org.continuo.moecl.identify.IdentifyOptions;

/** The parts of MoE-CL; {@code mode} chooses their defaults together. */
public record MoeClOptions(
    @Option(
            doc =
                "defaults of the parts below: improved: the best combination measured here; paper:"
                    + " what the paper states; reference: what the authors' code does",
            value = "improved")
        Mode mode,
    @Option(doc = "the kind of the shared expert and of each task's") Expert.Factory expert,
    @Option(
            doc =
                "projections the experts attach to, those the backbone has; attention projections"
                    + " are mixed one by one, by a router of their own",
            value = "[gate, up, down]",
            min = 1)
        List<Projection> sites,
    @Option(doc = "weighs the shared expert and that of the task") Router.Factory router,
    @Option(doc = "keeps task knowledge out of the shared expert") Adversary.Factory adversary,
    @Option(doc = "what keeps the shared expert from drifting") DriftOptions drift,
    @Option(doc = "how the task is inferred where it is not given") IdentifyOptions identify,
    @Option(
            doc =
                "between two looks at router weights, norms and discriminator; 0: only at the end"
                    + " of a task",
            value = "25",
            unit = "steps",
            min = 0)
        int diagnosticsEvery,
    @Option(
            doc = "dev examples of each task that the diagnostics at its end look at",
            value = "32",
            unit = "examples",
            min = 0)
        int diagnosticsProbe) {}
