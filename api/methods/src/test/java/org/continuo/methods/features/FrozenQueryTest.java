package org.continuo.methods.features;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import org.continuo.api.data.Example;
import org.continuo.methods.Look;
import org.junit.jupiter.api.Test;

class FrozenQueryTest {
  @Test
  void manyTextsAreViewedInPiecesAndAsIfAlone() {
    Look.afterEachTask(
        (host, task) -> {
          // more than one piece
          List<Example> texts = new ArrayList<>(host.trainingData());
          texts.addAll(host.trainingData().subList(0, 5));
          long width = host.backbone().description().width();
          for (FrozenQuery view : FrozenQuery.values()) {
            NDArray sum = host.scope().zeros(new Shape(width));
            List<Long> sizes = new ArrayList<>();
            view.each(
                texts,
                host,
                x -> {
                  sizes.add(x.getShape().get(0));
                  sum.addi(x.sum(new int[] {0}));
                });
            assertEquals(List.of(32L, 5L), sizes);
            NDArray alone = host.scope().zeros(new Shape(width));
            for (Example text : texts) {
              NDArray one = view.of(host.batch(List.of(text.withoutAnswer())), host);
              assertEquals(new Shape(1, width), one.getShape());
              alone.addi(one.squeeze(0));
            }
            assertArrayEquals(alone.toFloatArray(), sum.toFloatArray(), 1e-4f, view.name());
          }
        });
  }
}
