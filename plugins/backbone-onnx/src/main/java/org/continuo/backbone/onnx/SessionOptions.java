package org.continuo.backbone.onnx;

import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import java.util.OptionalInt;
import org.continuo.api.plugin.Option;

/** How ONNX Runtime computes. */
record SessionOptions(
    @Option(
            doc =
                "threads of one operation; none: as many as PyTorch was given, else one per core;"
                    + " the numbers do not depend on it",
            min = 1)
        OptionalInt threads,
    @Option(
            doc =
                "whether waiting threads keep their cores busy: faster alone, slower beside other work",
            value = "false")
        boolean spinning,
    @Option(doc = "how far the graph is rewritten before it runs; changes last bits", value = "all")
        Optimisation optimisation) {

  /** The levels of ONNX Runtime. */
  enum Optimisation {
    NONE(OrtSession.SessionOptions.OptLevel.NO_OPT),
    BASIC(OrtSession.SessionOptions.OptLevel.BASIC_OPT),
    EXTENDED(OrtSession.SessionOptions.OptLevel.EXTENDED_OPT),
    ALL(OrtSession.SessionOptions.OptLevel.ALL_OPT);

    private final OrtSession.SessionOptions.OptLevel level;

    Optimisation(OrtSession.SessionOptions.OptLevel level) {
      this.level = level;
    }
  }

  /** What starts workers of a suite says with it how many threads each may use. */
  private static final String THREADS = "ai.djl.pytorch.num_threads";

  private static final String SPINNING = "session.intra_op.allow_spinning";

  OrtSession.SessionOptions applied() {
    try {
      OrtSession.SessionOptions options = new OrtSession.SessionOptions();
      options.setIntraOpNumThreads(
          threads.orElse(Integer.getInteger(THREADS, Runtime.getRuntime().availableProcessors())));
      options.setInterOpNumThreads(1);
      options.setOptimizationLevel(optimisation.level);
      options.setDeterministicCompute(true);
      options.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR);
      options.addConfigEntry(SPINNING, spinning ? "1" : "0");
      return options;
    } catch (OrtException e) {
      throw new IllegalStateException("ONNX Runtime refuses its options", e);
    }
  }
}
