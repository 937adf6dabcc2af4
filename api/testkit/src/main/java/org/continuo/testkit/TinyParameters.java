package org.continuo.testkit;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.continuo.api.tensor.Param;
import org.continuo.api.tensor.Parameters;

/**
 * A parameter store outside a run, to try a part on its own. As in a run, a value is made when it
 * is first asked for, under a seed that derives from that of the store and the parameter's name.
 */
public final class TinyParameters implements Parameters, AutoCloseable {
  private final NDManager manager = NDManager.newBaseManager();
  private final Map<String, Cell> cells = new TreeMap<>();
  private final int seed;

  public TinyParameters(int seed) {
    this.seed = seed;
  }

  @Override
  public Param param(String name, Shape shape, Param.Initializer initializer) {
    Cell cell = cells.computeIfAbsent(name, n -> new Cell(n, shape, initializer));
    if (!cell.shape.equals(shape)) {
      throw new IllegalArgumentException(
          "parameter '%s': found shape %s, expected %s as before"
              .formatted(name, shape, cell.shape));
    }
    return cell;
  }

  /** All parameters asked for so far, by name. */
  public List<Param> all() {
    return List.copyOf(cells.values());
  }

  /** Values of all parameters, each in row-major order. */
  public Map<String, float[]> values() {
    Map<String, float[]> values = new TreeMap<>();
    cells.values().forEach(cell -> values.put(cell.name, cell.value().toFloatArray()));
    return values;
  }

  /**
   * Overwrites a value; the array that {@link Param#value()} gave before is gone.
   *
   * @param values in row-major order
   */
  public void assign(String name, float[] values) {
    Cell cell = cells.get(name);
    NDArray old = cell.value();
    cell.value = manager.create(values, cell.shape);
    old.close();
  }

  /** The scope that the values live in; arrays made in it die with this store. */
  public NDManager scope() {
    return manager;
  }

  /**
   * Runs {@code body} in a scope of its own. As in a run, parameters are lent to it: what is
   * computed from them is gone afterwards.
   */
  public void within(Consumer<NDManager> body) {
    try (NDManager inner = manager.newSubManager()) {
      cells.values().stream().filter(Cell::allocated).forEach(cell -> cell.value.attach(inner));
      try {
        body.accept(inner);
      } finally {
        cells.values().stream().filter(Cell::allocated).forEach(cell -> cell.value.attach(manager));
      }
    }
  }

  /** Native arrays alive in {@link #scope()}, the parameters among them. */
  int alive() {
    return manager.getManagedArrays().size();
  }

  @Override
  public void close() {
    manager.close();
  }

  private final class Cell implements Param {
    private final String name;
    private final Shape shape;
    private final Initializer initializer;
    private NDArray value;

    Cell(String name, Shape shape, Initializer initializer) {
      this.name = name;
      this.shape = shape;
      this.initializer = initializer;
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public Shape shape() {
      return shape;
    }

    @Override
    public boolean allocated() {
      return value != null;
    }

    @Override
    public NDArray value() {
      if (value == null) {
        Engine.getInstance().setRandomSeed(31 * seed + name.hashCode());
        value = initializer.create(manager, shape);
      }
      return value;
    }
  }
}
