package org.continuo.api.model;

import ai.djl.ndarray.NDArray;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.continuo.api.data.Batch;
import org.continuo.api.plugin.Stability;
import org.continuo.api.tensor.Param;
import org.continuo.api.tensor.Parameters;

/**
 * A pre-trained model with a tokenizer and named sites. It answers a request plainly, by a kernel
 * or from a cache; the answers agree within 1e-5.
 *
 * <p>Its weights may be trained or overwritten in the middle of a run. Either way every later
 * answer, of a request prepared before too, is that of the new values: what is derived from a
 * weight and kept must notice that it has changed. Overwriting puts another array in place, see
 * {@link Param#value()}; an optimiser writes into the array.
 */
@Stability(Stability.Level.STABLE)
public interface Backbone {
  Description description();

  Tokenizer tokenizer();

  /** In the order the data meets them. */
  List<Site> sites();

  /** Why this request cannot be answered; empty if it can. Reads no weights. */
  List<String> refusals(Request request);

  /**
   * Called once per distinct request: the place to pick a form and compile it.
   *
   * @throws IllegalArgumentException with the refusals, if there are any
   */
  Prepared prepare(Request request);

  /**
   * A frozen pooled view of each row, without gradient: that of the weights as they are now.
   *
   * @return [B,d]
   * @throws IllegalArgumentException if it has none such, as it says of a request whose router
   *     reads it: see {@link #refusals}
   */
  NDArray query(Batch batch, Router.Query query);

  /** Where in a row its summary stands: what heads that choose among labels read. */
  Summary summary();

  /** Present if it has a language-model head. */
  default Optional<LanguageModel> languageModel() {
    return Optional.empty();
  }

  /** Present if its own matrices can be read and trained. */
  default Optional<Weights> weights() {
    return Optional.empty();
  }

  default List<Site> sites(Site.Kind kind) {
    return sites().stream().filter(site -> site.kind() == kind).toList();
  }

  /**
   * The sites of some projections, those it has, in the order of {@link #sites()}: linear ones, or
   * for {@link Projection#FINAL} that of the final hidden states, which stands alone.
   *
   * @throws IllegalArgumentException if it is asked for beside others
   */
  default List<Site> linear(List<Projection> projections) {
    if (projections.contains(Projection.FINAL) && projections.size() > 1) {
      throw new IllegalArgumentException(
          "sites = %s: found final beside projections, expected final alone or projections alone; an expert attaches to places of one kind"
              .formatted(projections.stream().map(Projection::part).toList()));
    }
    return sites().stream()
        .filter(site -> projections.stream().anyMatch(projection -> projection.at(site)))
        .toList();
  }

  /** One vector for a whole row. */
  enum Summary {
    /** The final hidden state of the first token: encoders. */
    FIRST,
    /** That of the last real token: decoders. */
    LAST,
    /** The mean of those of all real tokens: models trained to embed sentences. */
    MEAN
  }

  /** A request, ready for any number of batches. */
  @FunctionalInterface
  interface Prepared {
    Forward forward(Batch batch);
  }

  /** The backbone's own matrices. */
  interface Weights {
    /**
     * The matrix [out,in] of a linear site.
     *
     * @throws IllegalArgumentException if the site has none
     */
    Param of(Site site);

    /** Every weight of the model, norms and embeddings included. */
    List<Param> all();

    /** Writes a complete Hugging Face folder with the weights as they are now. */
    void export(Path folder);
  }

  /**
   * What the model is, for {@code inspect}, plans and provenance.
   *
   * @param source where it came from, as the experiment file names it
   * @param sha256 of the weights file or files, lower-case hex
   * @param maximumLength longest input, in tokens
   * @param storedAs data type of the weights on disk
   * @param origin who made it, where the hub it came from knows
   */
  record Description(
      String architecture,
      String source,
      String sha256,
      long parameters,
      int layers,
      int width,
      int vocabulary,
      int maximumLength,
      String storedAs,
      Optional<ModelHub.Origin> origin) {}

  /** Made once per run. */
  interface Factory {
    /** The DJL engine that arrays of a run are made with, such as {@code PyTorch}. */
    String engine();

    /** All DJL engines it computes with. */
    default List<String> engines() {
      return List.of(engine());
    }

    /**
     * @param parameters where its weights live, so that they can be trained and accounted for
     * @throws org.continuo.api.data.DataException if the checkpoint is missing, unsupported or
     *     inconsistent: the key and the reason
     */
    Backbone load(Parameters parameters);
  }

  /** Makes a model that has learned nothing yet, its tokenizer from the texts it will meet. */
  interface FromScratch extends Factory {
    /**
     * @param texts prompts and answers of the training splits; none: every byte is a token
     * @param seed of its first weights
     */
    Backbone create(Parameters parameters, Stream<String> texts, long seed);

    @Override
    default Backbone load(Parameters parameters) {
      return create(parameters, Stream.empty(), 0);
    }
  }
}
