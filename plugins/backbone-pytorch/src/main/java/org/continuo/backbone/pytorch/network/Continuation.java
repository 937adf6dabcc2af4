package org.continuo.backbone.pytorch.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;
import org.continuo.api.data.Batch;
import org.continuo.api.model.LanguageModel.Generation;
import org.continuo.api.model.NextTokens;
import org.continuo.api.model.Request;
import org.continuo.api.model.Router;

/** Continues a batch of prompts, one pass per token. */
final class Continuation {
  private final TransformerBackbone backbone;
  private final VocabularyHead head;
  private final Generation generation;
  private final List<LongStream.Builder> rows = new ArrayList<>();
  private final boolean[] ended;
  private final NextTokens next;
  private final KeyValueCache cache;

  Continuation(TransformerBackbone backbone, VocabularyHead head, Generation generation) {
    this.backbone = backbone;
    this.head = head;
    this.generation = generation;
    this.ended = new boolean[generation.prompts().size()];
    this.next = new NextTokens(generation);
    this.cache = new KeyValueCache(backbone.network().rotary().orElseThrow());
    generation.prompts().forEach(prompt -> rows.add(LongStream.builder()));
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
    return rows.stream().map(row -> row.build().toArray()).toList();
  }

  private void generate(Plan plan, NDManager whole) {
    NDManager scope = whole.newSubManager();
    try {
      Batch prompts = prompts(scope);
      Map<Router.Query, NDArray> queries = backbone.queries(plan, prompts);
      queries.values().forEach(query -> query.attach(whole));
      Network.Hidden hidden =
          backbone.run(plan, prompts.tokens(), prompts.mask(), queries, cache::prompts);
      long[] chosen =
          choose(backbone.at(plan, hidden, prompts.tokens(), Optional.of(prompts.rows())));
      Plan rest = plan.continued();
      for (int count = 1; accept(chosen) && count < generation.limit(); count++) {
        NDManager following = whole.newSubManager();
        chosen = step(rest, following, chosen, queries);
        // Only now: this pass read the cache, which lives in the scope of the one before.
        scope.close();
        scope = following;
      }
    } finally {
      scope.close();
    }
  }

  private Batch prompts(NDManager scope) {
    List<long[]> prompts = generation.prompts();
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
