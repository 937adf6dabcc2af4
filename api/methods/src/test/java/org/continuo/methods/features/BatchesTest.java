package org.continuo.methods.features;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class BatchesTest {
  @Test
  void piecesKeepTheOrderAndTheLastMayBeShorter() {
    assertEquals(
        List.of(List.of(1, 2), List.of(3, 4), List.of(5)), Batches.of(List.of(1, 2, 3, 4, 5), 2));
    assertEquals(List.of(List.of(1, 2)), Batches.of(List.of(1, 2), 7));
    assertEquals(List.of(), Batches.of(List.of(), 3));
  }
}
