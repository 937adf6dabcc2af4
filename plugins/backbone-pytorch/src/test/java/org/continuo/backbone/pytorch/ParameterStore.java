package org.continuo.backbone.pytorch;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.continuo.api.tensor.Param;
import org.continuo.api.tensor.Parameters;

/** A parameter store without a host: cells live in one scope and are never lent. */
public final class ParameterStore implements Parameters, AutoCloseable {
  private final NDManager manager = NDManager.newBaseManager(Device.cpu(), "PyTorch");
  private final Map<String, Cell> cells = new LinkedHashMap<>();

  @Override
  public Param param(String name, Shape shape, Param.Initializer initializer) {
    return cells.computeIfAbsent(name, n -> new Cell(n, shape, initializer));
  }

  public NDManager manager() {
    return manager;
  }

  /** Puts another array in place of the value, as the host does. */
  public void assign(Param param, NDArray replacement) {
    Cell cell = (Cell) param;
    cell.value().close();
    replacement.attach(manager);
    cell.value = Optional.of(replacement);
  }

  /** Of the whole process: scopes that are not below this store count too. */
  public int liveArrays() {
    return manager.getParentManager().getManagedArrays().size();
  }

  public long allocated() {
    return cells.values().stream().filter(Cell::allocated).count();
  }

  @Override
  public void close() {
    manager.close();
  }

  private final class Cell implements Param {
    private final String name;
    private final Shape shape;
    private final Initializer initializer;
    private Optional<NDArray> value = Optional.empty();

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
    public NDArray value() {
      if (value.isEmpty()) {
        Engine.getEngine("PyTorch").setRandomSeed(name.hashCode());
        value = Optional.of(initializer.create(manager, shape));
      }
      return value.get();
    }

    @Override
    public boolean allocated() {
      return value.isPresent();
    }
  }
}
