package org.continuo.backbone.pytorch.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.continuo.api.data.Batch;
import org.continuo.api.model.Backbone;
import org.continuo.api.model.Capture;
import org.continuo.api.model.Forward;
import org.continuo.api.model.LanguageModel;
import org.continuo.api.model.Request;
import org.continuo.api.model.Router;
import org.continuo.api.model.Site;
import org.continuo.api.model.Tokenizer;
import org.continuo.api.model.Wiring;
import org.continuo.api.tensor.Autograd;
import org.continuo.api.tensor.Param;
import org.continuo.backbone.pytorch.checkpoint.CheckpointWeights;
import org.continuo.checkpoints.CheckpointConfig;
import org.continuo.checkpoints.CheckpointExport;
import org.continuo.checkpoints.CheckpointFolder;
import org.continuo.checkpoints.Sites;

/** A Hugging Face checkpoint as a backbone, answering every request by NDArray operations. */
public final class TransformerBackbone implements Backbone {
  private final CheckpointFolder folder;
  private final CheckpointConfig config;
  private final CheckpointWeights stored;
  private final Tokenizer tokenizer;
  private final CheckpointExport.Type exportType;
  private final Network network;
  private final Summary summary;
  private final int maximumLength;
  private final List<Site> sites;
  private Optional<Description> description = Optional.empty();

  /**
   * @param maximumLength in tokens, at most that of the configuration
   */
  public TransformerBackbone(
      CheckpointFolder folder,
      Network network,
      CheckpointWeights weights,
      Tokenizer tokenizer,
      Summary summary,
      int maximumLength,
      CheckpointExport.Type exportType) {
    this.folder = folder;
    this.network = network;
    this.config = network.config();
    this.stored = weights;
    this.tokenizer = tokenizer;
    this.summary = summary;
    this.maximumLength = maximumLength;
    this.exportType = exportType;
    this.sites = new Sites(config).all();
  }

  /** Reads the weight files once, for their digest. */
  @Override
  public Description description() {
    if (description.isEmpty()) {
      description =
          Optional.of(
              new Description(
                  config.architecture(),
                  folder.source(),
                  stored.sha256(),
                  stored.all().stream().mapToLong(param -> param.shape().size()).sum(),
                  config.layers(),
                  config.width(),
                  config.vocabulary(),
                  maximumLength,
                  stored.types(),
                  folder.origin()));
    }
    return description.get();
  }

  @Override
  public Tokenizer tokenizer() {
    return tokenizer;
  }

  @Override
  public List<Site> sites() {
    return sites;
  }

  @Override
  public List<String> refusals(Request request) {
    return Refusals.of(sites, request);
  }

  @Override
  public Prepared prepare(Request request) {
    return prepare(request, Plan.of(request, network, true));
  }

  /** The same with every mixed block in its plain form: the oracle for {@link #prepare}. */
  Prepared preparePlain(Request request) {
    return prepare(request, Plan.of(request, network, false));
  }

  // A kernel made for a plan is chosen here; whatever none covers is answered by the plain form.
  private Prepared prepare(Request request, Plan plan) {
    check(request);
    return batch -> answer(plan, batch);
  }

  void check(Request request) {
    List<String> refusals = refusals(request);
    if (!refusals.isEmpty()) {
      throw new IllegalArgumentException(
          refusals.stream().collect(Collectors.joining("\n", "the backbone cannot answer:\n", "")));
    }
  }

  private Forward answer(Plan plan, Batch batch) {
    Network.Hidden hidden =
        run(plan, batch.tokens(), batch.mask(), queries(plan, batch), network::sequence);
    Optional<NDArray> states =
        switch (plan.request().positions()) {
          case ROWS -> Optional.of(read(plan, hidden, batch));
          case ALL -> Optional.of(at(plan, hidden, batch.tokens(), Optional.empty()));
          case NONE -> {
            if (plan.touches(network.output())) {
              network.finished(hidden);
            }
            yield Optional.empty();
          }
        };
    return new Forward(states, hidden.pass().captures().all());
  }

  /** What the head reads, [R,d]. */
  private NDArray read(Plan plan, Network.Hidden hidden, Batch batch) {
    return switch (batch.pooling()) {
      case POSITIONS -> at(plan, hidden, batch.tokens(), Optional.of(batch.rows()));
      case MEAN -> {
        NDArray all = at(plan, hidden, batch.tokens(), Optional.empty());
        Shape shape = batch.tokens().getShape().add(config.width());
        yield Autograd.maskedMean(all.reshape(shape), batch.mask());
      }
    };
  }

  /**
   * Final hidden states of tokens: those at {@code rows}, or all of them.
   *
   * @return [R,d]
   */
  NDArray at(Plan plan, Network.Hidden hidden, NDArray ids, Optional<NDArray> rows) {
    // Attached or captured there, the output is needed whole; else only what is read is normed.
    boolean whole = plan.touches(network.output());
    NDArray states = whole ? network.finished(hidden) : hidden.states();
    long soft = states.getShape().get(1) - ids.getShape().get(1);
    NDArray tokens = soft > 0 ? states.get(":, {}:", soft) : states;
    NDArray flat = tokens.reshape(-1, config.width());
    NDArray read = rows.map(index -> Rows.of(flat, index)).orElse(flat);
    return whole ? read : network.normed(read);
  }

  /** One pass, refused if it is longer than the model can take. */
  Network.Hidden run(
      Plan plan,
      NDArray ids,
      NDArray mask,
      Map<Router.Query, NDArray> queries,
      Function<NDArray, Sequence> sequence) {
    return network.run(
        plan,
        ids,
        mask,
        queries,
        extended -> {
          long length = extended.getShape().get(1);
          if (length > config.maximumLength()) {
            throw new IllegalArgumentException(
                "an input of %d tokens, soft prompts included; the model takes at most %d"
                    .formatted(length, config.maximumLength()));
          }
          return sequence.apply(extended);
        });
  }

  Map<Router.Query, NDArray> queries(Plan plan, Batch batch) {
    Map<Router.Query, NDArray> queries = new EnumMap<>(Router.Query.class);
    plan.queries().forEach(query -> queries.put(query, query(batch, query)));
    return queries;
  }

  @Override
  public NDArray query(Batch batch, Router.Query query) {
    return switch (query) {
      case NONE -> throw new IllegalArgumentException("query NONE asks for nothing");
      case EMBEDDING_MEAN -> Autograd.maskedMean(embedded(batch), batch.mask()).stopGradient();
      case EMBEDDING_MAX -> Rows.maskedMax(embedded(batch), batch.mask()).stopGradient();
      case HIDDEN_MEAN -> frozen(batch, Summary.MEAN);
      case HIDDEN_SUMMARY -> frozen(batch, summary);
    };
  }

  private NDArray embedded(Batch batch) {
    Embeddings embeddings = network.embeddings();
    return embeddings.placed(
        embeddings.words(batch.tokens()), network.sequence(batch.mask()).positions());
  }

  /** Of the final hidden states with nothing attached, [B,d]. */
  private NDArray frozen(Batch batch, Summary read) {
    Capture.Pool pool =
        switch (read) {
          case FIRST -> Capture.Pool.NONE;
          case LAST -> Capture.Pool.LAST;
          case MEAN -> Capture.Pool.MASKED_MEAN;
        };
    Capture pooled = Capture.of(Capture.What.OUTPUT, List.of(network.output()), pool);
    Request bare = new Request(Wiring.NONE, Request.Positions.NONE, List.of(pooled), false);
    NDArray states = prepare(bare).forward(batch).capture(pooled).get(0).stopGradient();
    return read == Summary.FIRST ? states.get(":, 0") : states;
  }

  @Override
  public Summary summary() {
    return summary;
  }

  @Override
  public Optional<LanguageModel> languageModel() {
    return network.head().map(head -> new VocabularyHead(this, head));
  }

  Network network() {
    return network;
  }

  @Override
  public Optional<Weights> weights() {
    return Optional.of(new OwnWeights());
  }

  private final class OwnWeights implements Weights {
    private final Map<Site, Param> matrices =
        network.layers().stream()
            .flatMap(Layer::projections)
            .collect(Collectors.toUnmodifiableMap(Projection::site, Projection::weight));

    @Override
    public Param of(Site site) {
      return Optional.ofNullable(matrices.get(site))
          .orElseThrow(
              () ->
                  new IllegalArgumentException(
                      "site '%s' of kind %s has no matrix; expected one of the LINEAR sites"
                          .formatted(site.name(), site.kind())));
    }

    @Override
    public List<Param> all() {
      return stored.all();
    }

    @Override
    public void export(Path target) {
      CheckpointExport.write(folder, stored.export(exportType.stored()), target, exportType);
    }
  }
}
