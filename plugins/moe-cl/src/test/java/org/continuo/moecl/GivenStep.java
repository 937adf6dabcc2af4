package org.continuo.moecl;

import java.util.List;
import org.continuo.api.data.Example;
import org.continuo.api.learning.Pass;
import org.continuo.api.learning.Step;

/** A step of a task that takes some, as far as losses look at it. */
public record GivenStep(int number, int total, List<Pass> passes) implements Step {
  @Override
  public List<Example> rows() {
    return List.of();
  }

  @Override
  public int forward() {
    return 0;
  }

  @Override
  public List<Example> batch() {
    return rows();
  }
}
