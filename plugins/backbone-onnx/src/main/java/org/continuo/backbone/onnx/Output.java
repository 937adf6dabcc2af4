package org.continuo.backbone.onnx;

import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.continuo.backbone.onnx.graph.ElementType;
import org.continuo.backbone.onnx.graph.ModelSignature;
import org.continuo.checkpoints.Problems;

/**
 * The output of a model that is read.
 *
 * @param name in the model
 * @param kind what it is
 * @param type float32 or float16
 * @param width of its last dimension
 */
record Output(String name, Kind kind, ElementType type, int width) {
  private static final Set<ElementType> FLOATS = EnumSet.of(ElementType.FLOAT, ElementType.FLOAT16);

  /** Names that exporters give final hidden states, the usual one first. */
  private static final List<String> STATES =
      List.of("last_hidden_state", "token_embeddings", "hidden_states", "output_0");

  /** What an output says of a text of S tokens. */
  enum Kind {
    /** The final hidden state of each token, [1,S,d]. */
    STATES,
    /** What each token expects next, [1,S,V]. */
    LOGITS,
    /** One vector for the text, [1,d]. */
    POOLED
  }

  /**
   * By its name, or hidden states before logits.
   *
   * @param named by the experiment file
   * @param facts of the model, for sizes that its graph leaves open
   */
  static Optional<Output> of(
      ModelSignature graph,
      Optional<String> named,
      ModelFacts facts,
      Path model,
      Problems problems) {
    List<ModelSignature.Tensor> usable =
        graph.outputs().stream()
            .filter(output -> FLOATS.contains(output.type()))
            .filter(output -> output.rank() == 2 || output.rank() == 3)
            .toList();
    Optional<ModelSignature.Tensor> chosen =
        named.isPresent()
            ? usable.stream().filter(output -> output.name().equals(named.get())).findFirst()
            : preferred(usable, facts);
    if (chosen.isEmpty()) {
      problems.add(
          model,
          "found outputs %s, expected %s; name one with output = ..."
              .formatted(
                  graph.outputs(),
                  named
                      .map("a float output '%s' of two or three dimensions"::formatted)
                      .orElse("one of three dimensions that is told by its name or stands alone")));
      return Optional.empty();
    }
    Kind kind = kind(chosen.get(), facts);
    OptionalInt width = width(chosen.get(), kind, facts);
    if (width.isEmpty()) {
      problems.add(
          model,
          "found output %s, whose width neither the file nor a config.json beside it tells; expected hidden_size there"
              .formatted(chosen.get()));
      return Optional.empty();
    }
    return Optional.of(
        new Output(chosen.get().name(), kind, chosen.get().type(), width.getAsInt()));
  }

  private static Optional<ModelSignature.Tensor> preferred(
      List<ModelSignature.Tensor> usable, ModelFacts facts) {
    List<ModelSignature.Tensor> states = of(Kind.STATES, usable, facts);
    return STATES.stream()
        .flatMap(name -> states.stream().filter(output -> output.name().equals(name)))
        .findFirst()
        .or(() -> only(states))
        .or(() -> states.isEmpty() ? only(of(Kind.LOGITS, usable, facts)) : Optional.empty());
  }

  private static List<ModelSignature.Tensor> of(
      Kind kind, List<ModelSignature.Tensor> usable, ModelFacts facts) {
    return usable.stream().filter(output -> kind(output, facts) == kind).toList();
  }

  private static Optional<ModelSignature.Tensor> only(List<ModelSignature.Tensor> outputs) {
    return outputs.size() == 1 ? Optional.of(outputs.get(0)) : Optional.empty();
  }

  private static Kind kind(ModelSignature.Tensor output, ModelFacts facts) {
    if (output.rank() == 2) {
      return Kind.POOLED;
    }
    boolean told = output.width().isPresent() && facts.vocabulary().isPresent();
    boolean logits =
        told
            ? output.width().getAsLong() == facts.vocabulary().getAsInt()
            : output.name().equals("logits");
    return logits ? Kind.LOGITS : Kind.STATES;
  }

  private static OptionalInt width(ModelSignature.Tensor output, Kind kind, ModelFacts facts) {
    if (output.width().isPresent()) {
      return OptionalInt.of(Math.toIntExact(output.width().getAsLong()));
    }
    return kind == Kind.LOGITS ? facts.vocabulary() : facts.width();
  }
}
