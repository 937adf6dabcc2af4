package org.continuo.api.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.continuo.api.plugin.Capability;
import org.junit.jupiter.api.Test;

class ProjectionTest {
  private static final Site ATTENTION =
      new Site("layers.0.attention.output", 0, Site.Kind.LINEAR, 4, 4);
  private static final Site BEHIND = new Site("output", 1, Site.Kind.OUTPUT, 4, 4);

  /** Both names end alike: the projection behind the attention is not the end of the model. */
  @Test
  void theOutputOfTheAttentionAndTheFinalStatesAreTwoPlaces() {
    assertTrue(Projection.OUTPUT.at(ATTENTION));
    assertFalse(Projection.OUTPUT.at(BEHIND));
    assertTrue(Projection.FINAL.at(BEHIND));
    assertFalse(Projection.FINAL.at(ATTENTION));
    assertEquals(
        List.of(Projection.OUTPUT),
        Arrays.stream(Projection.values()).filter(each -> each.at(ATTENTION)).toList());
  }

  @Test
  void anExpertBehindTheModelNeedsNoGradientsThroughIt() {
    assertEquals(Set.of(), Projection.needs(List.of()));
    assertEquals(Set.of(Capability.OUTPUT_SITE), Projection.needs(List.of(Projection.FINAL)));
    assertEquals(
        Set.of(Capability.GRADIENTS, Capability.LINEAR_SITES),
        Projection.needs(List.of(Projection.UP, Projection.DOWN)));
  }
}
