package org.continuo.backbone.onnx;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.ndarray.types.SparseFormat;
import ai.djl.nn.core.Embedding;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.continuo.api.model.LanguageModel;
import org.continuo.api.model.NextTokens;
import org.continuo.api.model.Request;

/**
 * The language model of an output that holds logits: what is read is already what is asked for.
 *
 * @param vocabulary V
 */
record Logits(OnnxBackbone backbone, int vocabulary) implements LanguageModel {
  @Override
  public NDArray logits(NDArray hidden) {
    return hidden;
  }

  @Override
  public NDArray logits(NDArray hidden, long[] tokens) {
    return Embedding.embedding(
            hidden.getManager().create(tokens), hidden.transpose(), SparseFormat.DENSE)
        .singletonOrThrow()
        .transpose();
  }

  /**
   * One pass over the whole text per token: the model keeps nothing of the one before. What is
   * attached is refused like for any pass.
   */
  @Override
  public List<long[]> generate(Generation request) {
    backbone.prepare(Request.of(request.wiring()));
    List<long[]> texts = new ArrayList<>(request.prompts());
    boolean[] ended = new boolean[texts.size()];
    NextTokens next = new NextTokens(request);
    try (NDManager scope = NDManager.newBaseManager(Device.cpu(), OnnxFactory.ARRAYS)) {
      for (int count = 0; count < request.limit() && open(ended); count++) {
        float[] logits = new float[texts.size() * vocabulary];
        for (int row = 0; row < texts.size(); row++) {
          if (!ended[row]) {
            System.arraycopy(
                backbone.next(texts.get(row)), 0, logits, row * vocabulary, vocabulary);
          }
        }
        try (NDArray all = scope.create(logits, new Shape(texts.size(), vocabulary))) {
          extend(texts, ended, next.choose(all), request);
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

  private void extend(List<long[]> texts, boolean[] ended, long[] chosen, Generation request) {
    for (int row = 0; row < chosen.length; row++) {
      long[] text = texts.get(row);
      ended[row] |=
          request.endIds().contains(chosen[row]) || text.length >= backbone.maximumLength();
      if (!ended[row]) {
        long[] longer = Arrays.copyOf(text, text.length + 1);
        longer[text.length] = chosen[row];
        texts.set(row, longer);
      }
    }
  }

  private static boolean open(boolean[] ended) {
    return IntStream.range(0, ended.length).anyMatch(row -> !ended[row]);
  }
}
