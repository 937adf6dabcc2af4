package org.continuo.backbone.pytorch.scratch;

import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;
import org.continuo.backbone.pytorch.safetensors.SafetensorsFile;
import org.continuo.backbone.pytorch.safetensors.SafetensorsWriter;
import org.continuo.backbone.pytorch.safetensors.TensorType;

/**
 * First weights: normal with mean 0, narrower by {@code 1 / sqrt(2 layers)} where a block is added
 * to the residual stream, whose size then does not grow with depth (GPT-2, Radford et al. 2019);
 * norms 1. Each tensor has a random sequence of its own, drawn from the seed and its name.
 */
final class InitialWeights {
  static final double DEVIATION = 0.02;
  private static final int BLOCK = 1 << 16;

  private final long seed;
  private final double residual;
  private final List<SafetensorsWriter.Tensor> tensors = new ArrayList<>();

  private InitialWeights(long seed, int layers) {
    this.seed = seed;
    this.residual = DEVIATION / Math.sqrt(2.0 * layers);
  }

  static InitialWeights of(PytorchScratchPlugin.Options options, int vocabulary) {
    InitialWeights weights = new InitialWeights(options.seed(), options.layers());
    long width = options.width();
    long keys = width / options.heads() * options.keyValueHeads();
    long inner = options.feedForward();
    weights.normal("model.embed_tokens.weight", new Shape(vocabulary, width), DEVIATION);
    for (int i = 0; i < options.layers(); i++) {
      String layer = "model.layers." + i + ".";
      String attention = layer + "self_attn.";
      String feedForward = layer + "mlp.";
      weights.ones(layer + "input_layernorm.weight", width);
      weights.normal(attention + "q_proj.weight", new Shape(width, width), DEVIATION);
      weights.normal(attention + "k_proj.weight", new Shape(keys, width), DEVIATION);
      weights.normal(attention + "v_proj.weight", new Shape(keys, width), DEVIATION);
      weights.normal(attention + "o_proj.weight", new Shape(width, width), weights.residual);
      weights.ones(layer + "post_attention_layernorm.weight", width);
      weights.normal(feedForward + "gate_proj.weight", new Shape(inner, width), DEVIATION);
      weights.normal(feedForward + "up_proj.weight", new Shape(inner, width), DEVIATION);
      weights.normal(feedForward + "down_proj.weight", new Shape(width, inner), weights.residual);
    }
    weights.ones("model.norm.weight", width);
    if (!options.tied()) {
      weights.normal("lm_head.weight", new Shape(vocabulary, width), DEVIATION);
    }
    return weights;
  }

  List<SafetensorsWriter.Tensor> tensors() {
    return List.copyOf(tensors);
  }

  private void ones(String name, long size) {
    add(name, new Shape(size), () -> () -> 1);
  }

  private void normal(String name, Shape shape, double deviation) {
    long own = new SplittableRandom(seed ^ name.hashCode()).nextLong();
    add(
        name,
        shape,
        () -> {
          Random random = new Random(own);
          return () -> deviation * random.nextGaussian();
        });
  }

  private void add(String name, Shape shape, Supplier<DoubleSupplier> values) {
    tensors.add(
        new SafetensorsWriter.Tensor(
            name, TensorType.F32, shape, sink -> write(shape.size(), values.get(), sink)));
  }

  private static void write(long size, DoubleSupplier values, SafetensorsFile.BlockSink sink)
      throws IOException {
    for (long from = 0; from < size; from += BLOCK) {
      int length = (int) Math.min(BLOCK, size - from);
      ByteBuffer block = ByteBuffer.allocate(length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
      for (int i = 0; i < length; i++) {
        block.putFloat((float) values.getAsDouble());
      }
      sink.accept(block.flip());
    }
  }
}
