package org.continuo.core.train;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.continuo.api.tensor.Param;
import org.continuo.api.tensor.Parameters;
import org.continuo.api.tensor.Tensors;

/** Every parameter of a run by name; who asks for a name first makes it, later ones find it. */
@Singleton
public final class ParameterStore {
  /** Prefix of the backbone's own weights. */
  public static final String BACKBONE = "backbone";

  private final Scopes scopes;
  private final SeedTree seeds;
  private final Engine engine;
  private final Map<String, Cell> cells = new TreeMap<>();
  private final Set<Cell> trained = new LinkedHashSet<>();

  @Inject
  public ParameterStore(Scopes scopes, SeedTree seeds, Engine engine) {
    this.scopes = scopes;
    this.seeds = seeds;
    this.engine = engine;
  }

  /** The store under a prefix of a plugin's own. */
  public Parameters view(String prefix) {
    return view(prefix, prefix);
  }

  /**
   * @param seedPrefix stands for the prefix where the seed of a first value is derived
   */
  Parameters view(String prefix, String seedPrefix) {
    return (name, shape, initializer) ->
        param(prefix + "/" + name, seedPrefix + "/" + name, shape, initializer);
  }

  private Param param(String name, String seedName, Shape shape, Param.Initializer initializer) {
    Cell cell = cells.computeIfAbsent(name, n -> new Cell(n, seedName, shape, initializer));
    if (!cell.shape.equals(shape)) {
      throw new IllegalArgumentException(
          "parameter '%s' exists with shape %s, asked for again with %s"
              .formatted(name, cell.shape, shape));
    }
    return cell;
  }

  Collection<Cell> cells() {
    return Collections.unmodifiableCollection(cells.values());
  }

  /** The values of all that are in use, the backbone's among them if they can be trained. */
  public Tensors allocated() {
    return values(cells.values().stream().filter(Cell::allocated).toList());
  }

  /** Values by name. */
  public Tensors values(Collection<? extends Param> params) {
    Map<String, NDArray> values = new HashMap<>();
    params.forEach(param -> values.put(param.name(), param.value()));
    return new Tensors(values);
  }

  /**
   * How often each of some parameters has changed, and the backbone's weights in all: equal maps
   * mean equal values.
   */
  public Map<String, Long> versions(Collection<? extends Param> params) {
    Map<String, Long> versions = new TreeMap<>();
    params.forEach(param -> versions.put(param.name(), cell(param.name()).version));
    long backbone =
        cells.values().stream()
            .filter(cell -> cell.name.startsWith(BACKBONE + "/"))
            .mapToLong(cell -> cell.version)
            .sum();
    versions.put(BACKBONE, backbone);
    return versions;
  }

  /** Overwrites parameters by name. */
  public void assign(Tensors values) {
    values.map().forEach((name, value) -> cell(name).assign(value));
  }

  /** Runs {@code body} without gradient as if parameters had these values. */
  <R> R at(Tensors values, Supplier<R> body) {
    Map<Cell, NDArray> before = new HashMap<>();
    trained.forEach(cell -> cell.value().setRequiresGradient(false));
    values
        .map()
        .forEach(
            (name, value) -> {
              Cell cell = cell(name);
              before.put(cell, cell.value());
              cell.value = value;
            });
    try {
      return body.get();
    } finally {
      before.forEach((cell, value) -> cell.value = value);
      trained.forEach(cell -> cell.value().setRequiresGradient(true));
    }
  }

  /** Makes exactly these parameters gradient leaves, in this order. */
  void train(Collection<? extends Param> params) {
    if (List.copyOf(trained).equals(params.stream().map(p -> cell(p.name())).toList())) {
      return;
    }
    trained.forEach(cell -> cell.value().setRequiresGradient(false));
    trained.clear();
    params.forEach(param -> trained.add(cell(param.name())));
    trained.forEach(cell -> cell.value().setRequiresGradient(true));
  }

  List<Cell> trained() {
    return List.copyOf(trained);
  }

  Cell cell(String name) {
    Cell cell = cells.get(name);
    if (cell == null) {
      throw new IllegalArgumentException(
          "no parameter '" + name + "'; available: " + cells.keySet());
    }
    return cell;
  }

  /** Whether none of these has changed since, as {@link #versions} tells it. */
  public boolean current(Map<String, Long> versions) {
    List<Cell> named =
        versions.keySet().stream().filter(name -> !name.equals(BACKBONE)).map(this::cell).toList();
    return versions(named).equals(versions);
  }

  /**
   * Puts a value back, under a name that may not have been asked for yet: whoever asks finds it.
   *
   * @param version as it was, so that what was computed from the value stays known
   */
  void restore(String name, NDArray value, long version) {
    Cell cell = cells.computeIfAbsent(name, n -> new Cell(n, n, value.getShape(), NEVER_FRESH));
    cell.assign(value);
    cell.version = version;
  }

  private static final Param.Initializer NEVER_FRESH =
      (manager, shape) -> {
        throw new IllegalStateException("a restored parameter has a value");
      };

  /** Numbers held by allocated parameters, the backbone's left out. */
  long stored() {
    return cells.values().stream()
        .filter(cell -> cell.allocated() && !cell.name.startsWith(BACKBONE + "/"))
        .mapToLong(cell -> cell.shape.size())
        .sum();
  }

  /** A parameter and what the optimiser knows of it. */
  final class Cell implements Param {
    private final String name;
    private final String seedName;
    private final Shape shape;
    private final Initializer initializer;
    private NDArray value;
    private long version;

    private Cell(String name, String seedName, Shape shape, Initializer initializer) {
      this.name = name;
      this.seedName = seedName;
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
        engine.setRandomSeed(seeds.engineSeed(SeedTree.Purpose.INITIALISATION, seedName));
        NDArray made = initializer.create(scopes.current(), shape);
        if (!made.getShape().equals(shape)) {
          throw new IllegalStateException(
              "parameter '%s' is declared with shape %s, its first value has %s"
                  .formatted(name, shape, made.getShape()));
        }
        value = scopes.adopt(made);
      }
      return value;
    }

    /** Replaces the array instead of writing into it: DJL's copyTo was seen to corrupt the heap. */
    void assign(NDArray replacement) {
      if (!replacement.getShape().equals(shape)) {
        throw new IllegalArgumentException(
            "parameter '%s' has shape %s, cannot take %s"
                .formatted(name, shape, replacement.getShape()));
      }
      if (value != null) {
        scopes.release(value);
      }
      value = scopes.keep(replacement);
      value.setRequiresGradient(trained.contains(this));
      version++;
    }

    /**
     * Counts changes, so that what depends on an unchanged parameter need not be computed again.
     */
    long version() {
      return version;
    }

    void changed() {
      version++;
    }

    @Override
    public String toString() {
      return name + shape;
    }
  }
}
