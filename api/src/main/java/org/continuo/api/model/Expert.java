package org.continuo.api.model;

import ai.djl.ndarray.NDArray;
import java.util.List;
import java.util.Optional;
import org.continuo.api.plugin.Stability;
import org.continuo.api.tensor.Param;
import org.continuo.api.tensor.Parameters;

/**
 * Trainable parameters at linear sites. The plain form is the truth; the sub-interfaces are forms a
 * kernel recognises.
 */
@Stability(Stability.Level.STABLE)
public interface Expert {
  String name();

  List<Site> sites();

  List<Param> params();

  /**
   * What to add to the frozen projection at one site.
   *
   * @param x [B,S,in], what the site reads
   * @param wx [B,S,out], what the frozen projection gives: {@code W x}, and its bias where it has
   *     one
   * @return [B,S,out]
   */
  NDArray delta(Site site, NDArray x, NDArray wx, boolean training);

  /**
   * No expert: the frozen model as it is, where a mixture has a place for one that does not exist.
   */
  Expert NONE =
      new Expert() {
        @Override
        public String name() {
          return "none";
        }

        @Override
        public List<Site> sites() {
          return List.of();
        }

        @Override
        public List<Param> params() {
          return List.of();
        }

        @Override
        public NDArray delta(Site site, NDArray x, NDArray wx, boolean training) {
          throw new IllegalArgumentException("no expert has no site, asked for " + site.name());
        }
      };

  /** {@code delta = scale * B A dropout(x)} (LoRA, Hu et al. 2021, eq. 3). */
  interface LowRank extends Expert {
    /** A [r,in]. */
    Param a(Site site);

    /** B [out,r]. */
    Param b(Site site);

    /** {@code alpha / r}. */
    double scale();

    /** Probability that an input of A is dropped in training, in [0,1). */
    double dropout();

    /** Makes low-rank experts: an option of this type accepts no other kind. */
    interface Factory extends Expert.Factory {
      @Override
      LowRank create(String name, List<Site> sites, Parameters parameters);

      @Override
      default LowRank create(
          String name,
          List<Site> sites,
          Parameters parameters,
          Optional<Backbone.Weights> weights) {
        return create(name, sites, parameters);
      }
    }
  }

  /** Makes experts of one kind; an options record names one, so any strategy takes any expert. */
  interface Factory {
    /**
     * @param name prefix of its parameters, unique within the strategy
     */
    Expert create(String name, List<Site> sites, Parameters parameters);

    /**
     * What the host calls: for experts that read the matrix at their sites, such as those that
     * decompose it. They take a first value from it in the {@link Param.Initializer}, and what they
     * compute from it later they compute anew each time: it may be overwritten. For an expert that
     * does without, {@link #create(String, List, Parameters)} is enough.
     *
     * @param weights empty if the backbone does not give them
     */
    default Expert create(
        String name, List<Site> sites, Parameters parameters, Optional<Backbone.Weights> weights) {
      return create(name, sites, parameters);
    }
  }
}
