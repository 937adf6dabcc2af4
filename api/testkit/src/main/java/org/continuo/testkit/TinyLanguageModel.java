package org.continuo.testkit;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.continuo.api.data.Batch;
import org.continuo.api.model.LanguageModel;
import org.continuo.api.model.NextTokens;
import org.continuo.api.model.Request;
import org.continuo.api.tensor.Param;

/**
 * What {@link TinyBackbone} expects next, by the likeness to the embeddings.
 *
 * @param embeddings [V,d]
 */
record TinyLanguageModel(TinyBackbone backbone, Param embeddings) implements LanguageModel {
  @Override
  public NDArray logits(NDArray hidden) {
    return hidden.matMul(embeddings.value().transpose());
  }

  @Override
  public NDArray logits(NDArray hidden, long[] tokens) {
    NDArray all = logits(hidden);
    long vocabulary = all.getShape().get(1);
    return all.matMul(
        hidden.getManager().create(tokens).oneHot(Math.toIntExact(vocabulary)).transpose());
  }

  /** One whole pass per token. */
  @Override
  public List<long[]> generate(Generation request) {
    List<long[]> texts = new ArrayList<>(request.prompts());
    boolean[] ended = new boolean[texts.size()];
    NextTokens next = new NextTokens(request);
    int longest = backbone.description().maximumLength();
    int open = texts.size();
    for (int count = 0; count < request.limit() && open > 0; count++) {
      long[] chosen = next(request, texts, next);
      for (int row = 0; row < chosen.length; row++) {
        long[] text = texts.get(row);
        if (!ended[row] && (request.endIds().contains(chosen[row]) || text.length >= longest)) {
          ended[row] = true;
          open--;
        }
        if (!ended[row]) {
          long[] longer = Arrays.copyOf(text, text.length + 1);
          longer[text.length] = chosen[row];
          texts.set(row, longer);
        }
      }
    }
    return IntStream.range(0, texts.size())
        .mapToObj(
            row ->
                Arrays.copyOfRange(
                    texts.get(row), request.prompts().get(row).length, texts.get(row).length))
        .toList();
  }

  private long[] next(Generation request, List<long[]> texts, NextTokens next) {
    try (NDManager scope = embeddings.value().getManager().newSubManager()) {
      Batch batch = batch(texts, scope);
      NDArray hidden =
          backbone.prepare(Request.of(request.wiring())).forward(batch).hidden().orElseThrow();
      return next.choose(logits(hidden));
    }
  }

  private static Batch batch(List<long[]> texts, NDManager scope) {
    int length = texts.stream().mapToInt(text -> text.length).max().orElseThrow();
    long[] tokens = new long[texts.size() * length];
    float[] mask = new float[tokens.length];
    long[] last = new long[texts.size()];
    for (int row = 0; row < last.length; row++) {
      long[] text = texts.get(row);
      System.arraycopy(text, 0, tokens, row * length, text.length);
      Arrays.fill(mask, row * length, row * length + text.length, 1);
      last[row] = (long) row * length + text.length - 1;
    }
    Shape shape = new Shape(texts.size(), length);
    return new Batch(
        List.of(),
        scope.create(tokens, shape),
        scope.create(mask, shape),
        scope.create(last),
        scope.create(new long[last.length]),
        scope.ones(new Shape(1, 1)));
  }
}
