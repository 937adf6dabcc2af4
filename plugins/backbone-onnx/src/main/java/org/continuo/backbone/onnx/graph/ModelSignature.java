package org.continuo.backbone.onnx.graph;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.continuo.api.data.DataException;
import org.continuo.checkpoints.files.LfsPointer;
import org.continuo.checkpoints.onnx.OnnxGraph;

/**
 * What a model takes and gives, and what it stores.
 *
 * @param inputs that must be fed
 * @param files the model's own, then those its weights lie in
 * @param parameters numbers in weights; shapes, indices and single numbers are none
 * @param types of weights
 */
public record ModelSignature(
    List<Tensor> inputs,
    List<Tensor> outputs,
    List<Path> files,
    long parameters,
    SortedSet<ElementType> types) {

  /**
   * An input or output.
   *
   * @param shape its dimensions; of one without a fixed size only the name is known
   */
  public record Tensor(String name, ElementType type, List<OnnxGraph.Dimension> shape) {
    static Tensor of(OnnxGraph.Value value) {
      return new Tensor(value.name(), ElementType.of(value.type()), value.shape());
    }

    public int rank() {
      return shape.size();
    }

    /** Size of the last dimension, if it is fixed. */
    public OptionalLong width() {
      return shape.isEmpty() ? OptionalLong.empty() : shape.get(shape.size() - 1).size();
    }

    /** For people: {@code last_hidden_state F32 [batch, sequence, 384]}. */
    @Override
    public String toString() {
      return "%s %s %s".formatted(name, type.label(), shape);
    }
  }

  public ModelSignature {
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
    files = List.copyOf(files);
  }

  /**
   * Reads names, types, shapes and places, no weights.
   *
   * @throws DataException if the file is no ONNX model, or its weights lie in files that are not
   *     there
   */
  public static ModelSignature read(Path model) {
    OnnxGraph graph = graph(model);
    Path folder = model.toAbsolutePath().getParent();
    List<Path> files = new ArrayList<>(List.of(model));
    List<String> missing = new ArrayList<>();
    for (String location : locations(graph)) {
      Path file = folder.resolve(location).normalize();
      if (file.startsWith(folder) && Files.isRegularFile(file)) {
        files.add(file);
      } else {
        missing.add(location);
      }
    }
    if (!missing.isEmpty()) {
      throw new DataException(
          "%s: its weights lie in %s, found no such file in %s; copy it there, under that name"
              .formatted(model, missing, folder));
    }
    List<OnnxGraph.Initialiser> weights =
        graph.initialisers().values().stream()
            .filter(stored -> ElementType.of(stored.type()).weight() && !stored.shape().isEmpty())
            .toList();
    return new ModelSignature(
        graph.inputs().stream().map(Tensor::of).toList(),
        graph.outputs().stream().map(Tensor::of).toList(),
        files,
        weights.stream()
            .mapToLong(weight -> weight.shape().stream().reduce(1L, (one, other) -> one * other))
            .sum(),
        weights.stream()
            .map(weight -> ElementType.of(weight.type()))
            .collect(Collectors.toCollection(TreeSet::new)));
  }

  private static OnnxGraph graph(Path model) {
    Optional<LfsPointer> pointer = LfsPointer.in(model);
    if (pointer.isPresent()) {
      throw new DataException(model + ": " + pointer.get().problem());
    }
    try {
      return OnnxGraph.read(model);
    } catch (IOException e) {
      throw new DataException("%s: cannot be read: %s".formatted(model, e.getMessage()), e);
    }
  }

  private static SortedSet<String> locations(OnnxGraph graph) {
    return graph.initialisers().values().stream()
        .flatMap(stored -> stored.file().stream())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** The types of its weights, and whether these are quantised, as results say it. */
  public String storedAs() {
    String all = types.stream().map(ElementType::label).sorted().collect(Collectors.joining(", "));
    return quantised() ? all + " (quantised)" : all;
  }

  /** Whether weights are stored in eight bits or fewer: it computes other numbers than before. */
  public boolean quantised() {
    return types.stream().anyMatch(ElementType::reduced);
  }
}
