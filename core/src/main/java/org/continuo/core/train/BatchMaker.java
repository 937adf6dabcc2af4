package org.continuo.core.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import com.google.common.collect.Lists;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.continuo.api.data.Batch;
import org.continuo.api.data.Example;
import org.continuo.api.data.Text;
import org.continuo.api.learning.Head;
import org.continuo.api.model.Backbone;
import org.continuo.core.experiment.Evaluation;

/** Examples to padded arrays, and the order in which they are met. */
@Singleton
public final class BatchMaker {
  /** Batches are formed from this many at a time, sorted by length: enough to pad little. */
  private static final int GROUP = 16;

  private final PromptEncoder encoder;
  private final Backbone.Summary summary;
  private final long paddingId;
  private long tokens;

  @Inject
  BatchMaker(PromptEncoder encoder, Backbone backbone) {
    this.encoder = encoder;
    this.summary = backbone.summary();
    this.paddingId = backbone.tokenizer().paddingId();
  }

  /** Real tokens put into batches so far. */
  public long tokens() {
    return tokens;
  }

  Batch make(List<Example> examples, Head head, NDManager scope) {
    return head instanceof Head.Choosing choosing
        ? choosing(examples, choosing, scope)
        : writing(examples, scope);
  }

  private Batch choosing(List<Example> examples, Head.Choosing head, NDManager scope) {
    List<long[]> ids = examples.stream().map(encoder::prompt).toList();
    Padded padded = pad(ids, scope);
    long[] rows = new long[ids.size()];
    for (int b = 0; b < rows.length; b++) {
      int place = summary == Backbone.Summary.LAST ? ids.get(b).length - 1 : 0;
      rows[b] = (long) b * padded.length + place;
    }
    Head.Columns columns = head.columns(examples);
    float[] allowed = new float[rows.length * columns.count()];
    for (int b = 0; b < rows.length; b++) {
      for (int column : columns.allowed().get(b)) {
        allowed[b * columns.count() + column] = 1;
      }
    }
    return new Batch(
        examples,
        padded.tokens,
        padded.mask,
        scope.create(rows),
        scope.create(columns.targets().stream().mapToLong(Integer::longValue).toArray()),
        scope.create(allowed, new Shape(rows.length, columns.count())),
        summary == Backbone.Summary.MEAN ? Batch.Pooling.MEAN : Batch.Pooling.POSITIONS);
  }

  private Batch writing(List<Example> examples, NDManager scope) {
    return writing(examples, examples.stream().map(encoder::sequence).toList(), scope);
  }

  /** Texts as they stand; their examples have no task. */
  Batch texts(List<Text> texts, NDManager scope) {
    List<Example> examples = new ArrayList<>();
    for (int i = 0; i < texts.size(); i++) {
      Text text = texts.get(i);
      examples.add(new Example("text/" + i, Optional.empty(), text.prompt(), text.answer()));
    }
    return writing(examples, texts.stream().map(encoder::sequence).toList(), scope);
  }

  private Batch writing(
      List<Example> examples, List<PromptEncoder.Sequence> sequences, NDManager scope) {
    List<long[]> ids = new ArrayList<>();
    for (PromptEncoder.Sequence sequence : sequences) {
      // the last answer token is predicted, never read
      long[] all = new long[sequence.prompt().length + sequence.answer().length - 1];
      System.arraycopy(sequence.prompt(), 0, all, 0, sequence.prompt().length);
      System.arraycopy(
          sequence.answer(), 0, all, sequence.prompt().length, sequence.answer().length - 1);
      ids.add(all);
    }
    Padded padded = pad(ids, scope);
    int count = sequences.stream().mapToInt(s -> s.answer().length).sum();
    long[] rows = new long[count];
    long[] targets = new long[count];
    int r = 0;
    for (int b = 0; b < sequences.size(); b++) {
      PromptEncoder.Sequence sequence = sequences.get(b);
      for (int i = 0; i < sequence.answer().length; i++) {
        rows[r] = (long) b * padded.length + sequence.prompt().length - 1 + i;
        targets[r++] = sequence.answer()[i];
      }
    }
    return new Batch(
        examples,
        padded.tokens,
        padded.mask,
        scope.create(rows),
        scope.create(targets),
        scope.ones(new Shape(1, 1)));
  }

  /** Tokens and mask [B,S]. */
  private record Padded(NDArray tokens, NDArray mask, int length) {}

  private Padded pad(List<long[]> ids, NDManager scope) {
    int length = ids.stream().mapToInt(row -> row.length).max().orElseThrow();
    long[] tokenIds = new long[ids.size() * length];
    float[] mask = new float[tokenIds.length];
    Arrays.fill(tokenIds, paddingId);
    for (int b = 0; b < ids.size(); b++) {
      long[] row = ids.get(b);
      System.arraycopy(row, 0, tokenIds, b * length, row.length);
      Arrays.fill(mask, b * length, b * length + row.length, 1f);
      tokens += row.length;
    }
    Shape shape = new Shape(ids.size(), length);
    return new Padded(scope.create(tokenIds, shape), scope.create(mask, shape), length);
  }

  /** All examples in batches of similar length, shuffled: one epoch. */
  List<List<Example>> epoch(List<Example> examples, int batchSize, long seed) {
    List<Example> order = new ArrayList<>(examples);
    Random random = new Random(seed);
    Collections.shuffle(order, random);
    List<List<Example>> batches = new ArrayList<>();
    int group = batchSize * GROUP;
    for (int start = 0; start < order.size(); start += group) {
      batches.addAll(
          byLength(order.subList(start, Math.min(start + group, order.size())), batchSize));
    }
    Collections.shuffle(batches, random);
    return batches;
  }

  /** All examples in batches, shortest first. */
  public List<List<Example>> byLength(List<Example> examples, int batchSize) {
    List<Example> sorted = new ArrayList<>(examples);
    sorted.sort(Comparator.comparingInt(encoder::length));
    List<List<Example>> batches = new ArrayList<>();
    for (int start = 0; start < sorted.size(); start += batchSize) {
      batches.add(List.copyOf(sorted.subList(start, Math.min(start + batchSize, sorted.size()))));
    }
    return batches;
  }

  /**
   * The same for tests, with fewer examples in a batch where they are long: arrays of one size that
   * stay in the caches are computed fastest, and memory does not grow with {@code batchSize}.
   */
  public List<List<Example>> forTest(List<Example> examples, int batchSize) {
    return byLength(examples, batchSize).stream()
        .flatMap(batch -> Lists.partition(batch, rows(batch)).stream())
        .toList();
  }

  private int rows(List<Example> byLength) {
    int longest = encoder.length(byLength.get(byLength.size() - 1));
    return Math.max(1, Evaluation.MOST_TOKENS / longest);
  }
}
