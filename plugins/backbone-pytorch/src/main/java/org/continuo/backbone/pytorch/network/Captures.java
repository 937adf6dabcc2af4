package org.continuo.backbone.pytorch.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.continuo.api.model.Capture;
import org.continuo.api.model.Expert;
import org.continuo.api.model.Site;
import org.continuo.api.tensor.Autograd;

/** What one pass was asked to read on the way. */
final class Captures {
  private final Map<Capture, NDArray[]> read = new LinkedHashMap<>();
  private final NDArray mask;
  private final int softPrompts;
  private Optional<NDArray> last = Optional.empty();

  /**
   * @param mask [B,S] of the tokens alone
   * @param softPrompts how many positions of the pass come before the tokens
   */
  Captures(List<Capture> wanted, NDArray mask, int softPrompts) {
    wanted.forEach(capture -> read.put(capture, new NDArray[capture.sites().size()]));
    this.mask = mask;
    this.softPrompts = softPrompts;
  }

  boolean want(Capture.What what, Site site) {
    return read.keySet().stream()
        .anyMatch(capture -> capture.what() == what && capture.sites().contains(site));
  }

  /** Hands over what is read or given at a site, [B or 1, S or 1, w]. */
  void see(Capture.What what, Site site, NDArray value) {
    for (Capture capture : read.keySet()) {
      if (capture.what() == what && capture.sites().contains(site)) {
        put(capture, site, pool(capture.pool(), value));
      }
    }
  }

  /** The captures that want one expert's version of a mixed block. */
  List<Capture> of(Site site, Expert expert) {
    return read.keySet().stream()
        .filter(capture -> capture.expert().filter(expert::equals).isPresent())
        .filter(capture -> capture.sites().contains(site))
        .toList();
  }

  void put(Capture capture, Site site, NDArray pooled) {
    read.get(capture)[capture.sites().indexOf(site)] = pooled;
  }

  /**
   * Soft prompts are not tokens: no pool reads them.
   *
   * @param value [B or 1, S or 1, w]
   */
  NDArray pool(Capture.Pool pool, NDArray value) {
    NDArray tokens = tokens(value);
    return switch (pool) {
      case NONE -> tokens;
      case MASKED_MEAN -> Autograd.maskedMean(tokens, mask);
      case LAST -> {
        // Weights of a router may be the same for all rows or tokens.
        Shape full = mask.getShape().add(tokens.getShape().get(2));
        yield Rows.gather(
            tokens.getShape().equals(full) ? tokens : tokens.broadcast(full), lastPositions());
      }
    };
  }

  /** What was read so far outlives the scope it was read in. */
  void leave(NDManager scope, NDManager around) {
    read.values().stream()
        .flatMap(Arrays::stream)
        .filter(Objects::nonNull)
        .forEach(array -> Intermediates.leave(array, scope, around));
  }

  private NDArray tokens(NDArray value) {
    boolean perToken = value.getShape().get(1) == mask.getShape().get(1) + softPrompts;
    return softPrompts > 0 && perToken ? value.get(":, {}:", softPrompts) : value;
  }

  private NDArray lastPositions() {
    if (last.isEmpty()) {
      long rows = mask.getShape().get(0);
      long length = mask.getShape().get(1);
      float[] starts = new float[(int) rows];
      for (int row = 0; row < rows; row++) {
        starts[row] = row * length - 1f;
      }
      last =
          Optional.of(
              mask.sum(new int[] {1})
                  .add(mask.getManager().create(starts))
                  .toType(DataType.INT64, false));
    }
    return last.get();
  }

  Map<Capture, List<NDArray>> all() {
    Map<Capture, List<NDArray>> all = new LinkedHashMap<>();
    read.forEach((capture, arrays) -> all.put(capture, List.of(arrays)));
    return all;
  }
}
