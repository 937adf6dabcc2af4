package org.continuo.backbone.onnx.graph;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.continuo.api.data.DataException;
import org.continuo.checkpoints.files.LfsPointer;

/**
 * The signature of a model and what it stores.
 *
 * @param inputs that must be fed, initialisers left out
 * @param files the model's own, then those its weights lie in
 * @param parameters numbers in weights; shapes, indices and single numbers are none
 * @param types of weights
 */
public record OnnxGraph(
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
  public record Tensor(String name, ElementType type, List<Dimension> shape) {
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

  /** One dimension of a shape. */
  public record Dimension(OptionalLong size, String name) {
    @Override
    public String toString() {
      return size.isPresent() ? String.valueOf(size.getAsLong()) : name.isEmpty() ? "?" : name;
    }
  }

  /** A message of the format has no place for more. */
  private static final long LARGEST = Integer.MAX_VALUE;

  public OnnxGraph {
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
  public static OnnxGraph read(Path model) {
    try (FileChannel channel = FileChannel.open(model)) {
      if (channel.size() > LARGEST) {
        throw new DataException(
            "%s: found %d bytes, expected less than 2 GiB, with weights in a file beside it; save the model with external data"
                .formatted(model, channel.size()));
      }
      Reading reading = new Reading(model.toAbsolutePath().getParent());
      WireField.each(
          channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size()),
          field -> {
            if (field.number() == Reading.GRAPH) {
              reading.graph(field.bytes());
            }
          });
      return reading.result(model);
    } catch (IllegalArgumentException e) {
      throw new DataException(
          LfsPointer.in(model)
              .map(pointer -> model + ": " + pointer.problem())
              .orElse(
                  "%s: found no ONNX model (%s); expected one as torch.onnx.export or optimum writes it"
                      .formatted(model, e.getMessage())),
          e);
    } catch (IOException e) {
      throw new DataException(
          Files.exists(model)
              ? "%s: cannot be read: %s".formatted(model, e.getMessage())
              : "%s: no such file; expected an ONNX model".formatted(model),
          e);
    }
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

  /** What was met so far; the numbers are those of fields in {@code onnx.proto}. */
  private static final class Reading {
    static final int GRAPH = 7;
    private final Path folder;
    private final List<Tensor> inputs = new ArrayList<>();
    private final List<Tensor> outputs = new ArrayList<>();
    private final Set<String> stored = new HashSet<>();
    private final SortedSet<String> external = new TreeSet<>();
    private final SortedSet<ElementType> types = new TreeSet<>();
    private long parameters;

    Reading(Path folder) {
      this.folder = folder;
    }

    void graph(ByteBuffer graph) {
      WireField.each(
          graph,
          field -> {
            switch (field.number()) {
              case 5 -> initialiser(field.bytes());
              case 11 -> inputs.add(tensor(field.bytes()));
              case 12 -> outputs.add(tensor(field.bytes()));
              default -> {}
            }
          });
    }

    private void initialiser(ByteBuffer message) {
      List<Long> shape = new ArrayList<>();
      long[] type = {0};
      WireField.each(
          message,
          field -> {
            switch (field.number()) {
              case 1 -> shape.addAll(field.numbers());
              case 2 -> type[0] = field.value();
              case 8 -> stored.add(field.text());
              case 13 -> location(field.bytes());
              default -> {}
            }
          });
      ElementType stored = ElementType.of(type[0]);
      if (stored.weight() && !shape.isEmpty()) {
        types.add(stored);
        parameters += shape.stream().reduce(1L, (one, other) -> one * other);
      }
    }

    private void location(ByteBuffer entry) {
      String[] pair = {"", ""};
      WireField.each(entry, field -> pair[field.number() == 1 ? 0 : 1] = field.text());
      if (pair[0].equals("location")) {
        external.add(pair[1]);
      }
    }

    private static Tensor tensor(ByteBuffer message) {
      String[] name = {""};
      ElementType[] type = {ElementType.UNDEFINED};
      List<Dimension> shape = new ArrayList<>();
      WireField.each(
          message,
          field -> {
            if (field.number() == 1) {
              name[0] = field.text();
            } else if (field.number() == 2) {
              WireField.each(
                  field.bytes(),
                  kind -> {
                    if (kind.number() == 1) {
                      WireField.each(
                          kind.bytes(),
                          part -> {
                            if (part.number() == 1) {
                              type[0] = ElementType.of(part.value());
                            } else if (part.number() == 2) {
                              WireField.each(part.bytes(), d -> shape.add(dimension(d.bytes())));
                            }
                          });
                    }
                  });
            }
          });
      return new Tensor(name[0], type[0], List.copyOf(shape));
    }

    private static Dimension dimension(ByteBuffer message) {
      OptionalLong[] size = {OptionalLong.empty()};
      String[] name = {""};
      WireField.each(
          message,
          field -> {
            if (field.number() == 1) {
              size[0] = OptionalLong.of(field.value());
            } else if (field.number() == 2) {
              name[0] = field.text();
            }
          });
      return new Dimension(size[0], name[0]);
    }

    OnnxGraph result(Path model) {
      if (outputs.isEmpty()) {
        throw new IllegalArgumentException("no graph with outputs in it");
      }
      List<Path> files = new ArrayList<>(List.of(model));
      List<String> missing = new ArrayList<>();
      for (String location : external) {
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
      return new OnnxGraph(
          inputs.stream().filter(input -> !stored.contains(input.name())).toList(),
          outputs,
          files,
          parameters,
          types);
    }
  }
}
