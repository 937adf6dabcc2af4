package org.continuo.backbone.onnx;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.continuo.api.data.DataException;
import org.continuo.api.model.Backbone;
import org.continuo.api.tensor.Parameters;
import org.continuo.backbone.onnx.graph.ModelSignature;
import org.continuo.checkpoints.CheckpointFolder;
import org.continuo.checkpoints.CheckpointTokenizer;
import org.continuo.checkpoints.Pooling;
import org.continuo.checkpoints.Problems;

/** Opens a model: all its files are looked at before anything is reported; no engine starts. */
record OnnxFactory(OnnxBackbonePlugin.Options options) implements Backbone.Factory {
  /** What is attached and the heads compute there: it has gradients. */
  static final String ARRAYS = "PyTorch";

  @Override
  public String engine() {
    return ARRAYS;
  }

  @Override
  public List<String> engines() {
    return List.of(engine(), Session.ENGINE);
  }

  @Override
  public Backbone load(Parameters parameters) {
    ModelFile file = ModelFile.find(options.checkpoint(), options.file());
    ModelSignature graph = ModelSignature.read(file.model());
    Problems problems = new Problems();
    ModelFacts files = ModelFacts.of(file.folder(), problems);
    Optional<CheckpointTokenizer> tokenizer = tokenizer(file.folder(), files, problems);
    ModelFacts facts = tokenizer.map(files::with).orElse(files);
    Feed feed = Feed.of(graph, facts, file.model(), problems);
    Optional<Output> output = Output.of(graph, options.output(), facts, file.model(), problems);
    OptionalInt longest = longest(file, tokenizer, facts, problems);
    Backbone.Summary summary = summary(file, facts, output, problems);
    problems.check();
    return new OnnxBackbone(
        new Features(graph.files(), feed, output.orElseThrow(), options.session(), options.cache()),
        output.orElseThrow(),
        tokenizer.orElseThrow(),
        summary,
        new Backbone.Description(
            facts.architecture(),
            file.folder().source(),
            "",
            graph.parameters(),
            facts.layers(),
            output.orElseThrow().width(),
            tokenizer.orElseThrow().vocabulary(),
            longest.orElseThrow(),
            graph.storedAs(),
            file.folder().origin()));
  }

  /** What the model gives, as far as its file tells; one that cannot be read is reported later. */
  Optional<Output> output() {
    try {
      ModelFile file = ModelFile.find(options.checkpoint(), options.file());
      Problems unread = new Problems();
      ModelFacts files = ModelFacts.of(file.folder(), unread);
      ModelFacts facts =
          files.vocabulary().isPresent()
              ? files
              : tokenizer(file.folder(), files, unread).map(files::with).orElse(files);
      return Output.of(
          ModelSignature.read(file.model()), options.output(), facts, file.model(), unread);
    } catch (DataException e) {
      return Optional.empty();
    }
  }

  private Optional<CheckpointTokenizer> tokenizer(
      CheckpointFolder folder, ModelFacts facts, Problems problems) {
    Path named = options.tokenizer().map(Path::toAbsolutePath).orElse(folder.path());
    Path tokens = Files.isDirectory(named) ? named.resolve("tokenizer.json") : named;
    if (!Files.exists(tokens)) {
      problems.add(
          tokens,
          "no such file, expected the tokenizer of the model; copy it there, or say where it is with tokenizer = PATH");
      return Optional.empty();
    }
    return CheckpointTokenizer.open(
        new CheckpointFolder(folder.source(), tokens.getParent()),
        tokens,
        facts.config(),
        problems);
  }

  private OptionalInt longest(
      ModelFile file,
      Optional<CheckpointTokenizer> tokenizer,
      ModelFacts facts,
      Problems problems) {
    if (options.maximumLength().isPresent()) {
      return options.maximumLength();
    }
    OptionalInt told =
        facts.maximumLength(
            tokenizer.map(CheckpointTokenizer::maximumLength).orElse(OptionalInt.empty()));
    if (told.isEmpty()) {
      problems.add(
          file.model(),
          "nothing tells how long a text may be, expected max_position_embeddings in config.json or model_max_length in tokenizer_config.json; set maximum-length");
    }
    return told;
  }

  /**
   * As the file says; logits at the last token; a pooled output is one vector wherever it is read;
   * else as the folder pools, or as models of its family are read.
   */
  private Backbone.Summary summary(
      ModelFile file, ModelFacts facts, Optional<Output> output, Problems problems) {
    Optional<Output.Kind> kind = output.map(Output::kind);
    Optional<Backbone.Summary> told =
        options
            .summary()
            .or(() -> kind.filter(Output.Kind.LOGITS::equals).map(k -> Backbone.Summary.LAST))
            .or(
                () ->
                    Pooling.read(file.folder(), problems)
                        .or(facts::pooling)
                        .map(OnnxFactory::summary));
    if (told.isEmpty() && kind.filter(Output.Kind.STATES::equals).isPresent()) {
      problems.add(
          file.model(),
          "nothing tells how its hidden states are read: found model_type '%s', expected a family that is known, or 1_Pooling/config.json; set summary = first, last or mean"
              .formatted(facts.raw().path("model_type").asText("none")));
    }
    return told.orElse(Backbone.Summary.FIRST);
  }

  private static Backbone.Summary summary(Pooling pooling) {
    return switch (pooling) {
      case MEAN -> Backbone.Summary.MEAN;
      case FIRST -> Backbone.Summary.FIRST;
      case LAST -> Backbone.Summary.LAST;
    };
  }
}
