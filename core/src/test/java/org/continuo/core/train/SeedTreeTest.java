package org.continuo.core.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.OptionalLong;
import org.continuo.core.experiment.Seeds;
import org.continuo.core.toy.ToyExperiments;
import org.junit.jupiter.api.Test;

class SeedTreeTest {
  @Test
  void dependsOnSeedPurposeAndPathAlone() {
    SeedTree tree = new SeedTree(1, ToyExperiments.NO_SEEDS);
    long seed = tree.seed(SeedTree.Purpose.SHUFFLING, "agnews", 3);
    assertEquals(
        seed,
        new SeedTree(1, ToyExperiments.NO_SEEDS).seed(SeedTree.Purpose.SHUFFLING, "agnews", 3));
    assertNotEquals(seed, tree.seed(SeedTree.Purpose.DROPOUT, "agnews", 3));
    assertNotEquals(seed, tree.seed(SeedTree.Purpose.SHUFFLING, "agnews", 4));
    assertNotEquals(seed, tree.seed(SeedTree.Purpose.SHUFFLING, "agnews3"));
    assertNotEquals(
        seed,
        new SeedTree(2, ToyExperiments.NO_SEEDS).seed(SeedTree.Purpose.SHUFFLING, "agnews", 3));
  }

  @Test
  void oneSeedOfOnePurposeCanVaryWhileOthersStay() {
    Seeds dropout =
        new Seeds(
            OptionalLong.empty(),
            OptionalLong.empty(),
            OptionalLong.empty(),
            OptionalLong.of(9),
            OptionalLong.empty());
    SeedTree base = new SeedTree(1, ToyExperiments.NO_SEEDS);
    SeedTree other = new SeedTree(1, dropout);
    assertNotEquals(
        base.seed(SeedTree.Purpose.DROPOUT, "x"), other.seed(SeedTree.Purpose.DROPOUT, "x"));
    assertEquals(
        base.seed(SeedTree.Purpose.INITIALISATION, "x"),
        other.seed(SeedTree.Purpose.INITIALISATION, "x"));
  }
}
