package org.continuo.api.tensor;

import ai.djl.ndarray.NDArray;
import java.util.Collections;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.continuo.api.plugin.Stability;

/**
 * An immutable map of named arrays with arithmetic, sorted by name: parameters, gradients,
 * snapshots, Fisher information, masks, task vectors. The arrays themselves are not copied.
 */
@Stability(Stability.Level.STABLE)
public final class Tensors {
  public static final Tensors EMPTY = new Tensors(Map.of());

  private final SortedMap<String, NDArray> map;

  public Tensors(Map<String, NDArray> map) {
    this.map = Collections.unmodifiableSortedMap(new TreeMap<>(map));
  }

  public SortedMap<String, NDArray> map() {
    return map;
  }

  /**
   * @throws NoSuchElementException if there is none of that name; the message lists those there are
   */
  public NDArray get(String name) {
    NDArray found = map.get(name);
    if (found == null) {
      throw new NoSuchElementException("no tensor '" + name + "'; available: " + map.keySet());
    }
    return found;
  }

  public boolean isEmpty() {
    return map.isEmpty();
  }

  public Tensors filter(Predicate<String> name) {
    return collect(n -> name.test(n) ? Optional.of(map.get(n)) : Optional.empty());
  }

  public Tensors each(UnaryOperator<NDArray> operation) {
    return collect(n -> Optional.of(operation.apply(map.get(n))));
  }

  /** Combines the names both sides have; others are left out. */
  public Tensors with(Tensors other, BinaryOperator<NDArray> operation) {
    return collect(
        n -> Optional.ofNullable(other.map.get(n)).map(o -> operation.apply(map.get(n), o)));
  }

  /** Sum over the union of names; a name only one side has is taken as it is. */
  public Tensors plus(Tensors other) {
    Map<String, NDArray> out = new TreeMap<>(map);
    other.map.forEach((name, array) -> out.merge(name, array, NDArray::add));
    return new Tensors(out);
  }

  public Tensors minus(Tensors other) {
    return with(other, NDArray::sub);
  }

  public Tensors times(Tensors other) {
    return with(other, NDArray::mul);
  }

  public Tensors times(double factor) {
    return each(array -> Autograd.scale(array, factor));
  }

  public Tensors square() {
    return each(NDArray::square);
  }

  /**
   * The sum of all entries, a scalar array on the graph.
   *
   * @throws NoSuchElementException if there is no array
   */
  public NDArray sum() {
    return map.values().stream().map(NDArray::sum).reduce(NDArray::add).orElseThrow();
  }

  /**
   * The inner product over the names both sides have; reads the value, so it is not on the graph.
   */
  public double dot(Tensors other) {
    return times(other).sum().getFloat();
  }

  public Tensors stopGradient() {
    return each(NDArray::stopGradient);
  }

  private Tensors collect(Function<String, Optional<NDArray>> value) {
    Map<String, NDArray> out = new TreeMap<>();
    map.keySet().forEach(n -> value.apply(n).ifPresent(array -> out.put(n, array)));
    return new Tensors(out);
  }

  @Override
  public String toString() {
    return "Tensors" + map.keySet();
  }
}
