package org.continuo.backbone.pytorch.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.continuo.api.data.Batch;
import org.continuo.api.model.LanguageModel.Generation;
import org.continuo.api.model.NextTokens;
import org.continuo.api.model.Request;
import org.continuo.api.model.Router;
import org.continuo.checkpoints.Rope;

/** Continues a batch of prompts, one pass per token. */
final class Continuation {
  private final TransformerBackbone backbone;
  private final Head head;
  private final Generation generation;
  private final List<List<Long>> rows = new ArrayList<>();
  private final boolean[] ended;
  private final NextTokens next;
  private final KeyValueCache cache;
  private final Set<Rope> ropes;

  Continuation(TransformerBackbone backbone, Head head, Generation generation) {
    this.backbone = backbone;
    this.head = head;
    this.generation = generation;
    this.ended = new boolean[generation.prompts().size()];
    this.next = new NextTokens(generation);
    this.cache = new KeyValueCache(backbone.network().rotary());
    this.ropes =
        backbone.network().layers().stream()
            .flatMap(layer -> layer.attention().rope().stream())
            .collect(Collectors.toUnmodifiableSet());
    generation.prompts().forEach(prompt -> rows.add(new ArrayList<>()));
  }

  List<long[]> run() {
    if (rows.isEmpty()) {
      return List.of();
    }
    Request request = Request.of(generation.wiring());
    backbone.check(request);
    Plan plan = Plan.of(request, backbone.network(), true);
    // Weights are lent to the innermost scope of the host: everything made here dies before it.
    NDManager parent = head.weight().value().getManager();
    try (NDManager whole = parent.newSubManager()) {
      generate(plan, whole);
    }
    return rows.stream().map(Continuation::array).toList();
  }

  private void generate(Plan plan, NDManager whole) {
    NDManager scope = whole.newSubManager();
    try {
      Batch prompts = prompts(scope);
      Map<Router.Query, NDArray> queries = backbone.queries(plan, prompts);
      queries.values().forEach(query -> query.attach(whole));
      long[] chosen = begin(plan, prompts, queries);
      Plan rest = plan.continued();
      for (int count = 1; accept(chosen) && count < generation.limit(); count++) {
        NDManager following = whole.newSubManager();
        chosen =
            cache.outgrown(ropes)
                ? begin(plan, prompts(following), queries)
                : step(rest, following, chosen, queries);
        // Only now: this pass read the cache, which lives in the scope of the one before.
        scope.close();
        scope = following;
      }
    } finally {
      scope.close();
    }
  }

  private long[] begin(Plan plan, Batch prompts, Map<Router.Query, NDArray> queries) {
    Network.Hidden hidden =
        backbone.run(plan, prompts.tokens(), prompts.mask(), queries, cache::prompts);
    return choose(backbone.at(plan, hidden, prompts.tokens(), Optional.of(prompts.rows())));
  }

  /** With what has been added to them so far. */
  private Batch prompts(NDManager scope) {
    List<long[]> prompts = new ArrayList<>();
    for (int row = 0; row < rows.size(); row++) {
      prompts.add(
          LongStream.concat(
                  LongStream.of(generation.prompts().get(row)), LongStream.of(array(rows.get(row))))
              .toArray());
    }
    int length = prompts.stream().mapToInt(prompt -> prompt.length).max().orElseThrow();
    long[] ids = new long[prompts.size() * length];
    float[] mask = new float[ids.length];
    long[] last = new long[prompts.size()];
    for (int row = 0; row < last.length; row++) {
      long[] prompt = prompts.get(row);
      System.arraycopy(prompt, 0, ids, row * length, prompt.length);
      Arrays.fill(mask, row * length, row * length + prompt.length, 1);
      last[row] = (long) row * length + prompt.length - 1;
    }
    Shape shape = new Shape(prompts.size(), length);
    return new Batch(
        List.of(),
        scope.create(ids, shape),
        scope.create(mask, shape),
        scope.create(last),
        scope.create(new long[0]),
        scope.create(new float[0]));
  }

  private static long[] array(List<Long> row) {
    return row.stream().mapToLong(Long::longValue).toArray();
  }

  private long[] step(
      Plan plan, NDManager scope, long[] tokens, Map<Router.Query, NDArray> queries) {
    NDArray ids = scope.create(tokens, new Shape(tokens.length, 1));
    NDArray mask = scope.ones(new Shape(tokens.length, 1));
    Network.Hidden hidden = backbone.run(plan, ids, mask, queries, extended -> cache.next(scope));
    return choose(backbone.at(plan, hidden, ids, Optional.empty()));
  }

  /**
   * @param hidden [B,d]
   */
  private long[] choose(NDArray hidden) {
    return next.choose(head.logits(hidden));
  }

  /** Adds a token to each open row; false once all rows have ended. */
  private boolean accept(long[] chosen) {
    int longest = backbone.network().config().maximumLength();
    boolean open = false;
    for (int row = 0; row < chosen.length; row++) {
      ended[row] |= generation.endIds().contains(chosen[row]) || cache.last(row) + 1 >= longest;
      if (!ended[row]) {
        rows.get(row).add(chosen[row]);
        open = true;
      }
    }
    return open;
  }
}
