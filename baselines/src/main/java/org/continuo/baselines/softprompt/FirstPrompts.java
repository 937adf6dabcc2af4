package org.continuo.baselines.softprompt;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import org.continuo.api.data.Batch;
import org.continuo.api.model.Backbone;
import org.continuo.api.model.Router;
import org.continuo.api.tensor.Param;

/** First values of soft prompts. */
public enum FirstPrompts {
  /** The embeddings of random words of the vocabulary. */
  VOCABULARY,
  /** U(-1,1). */
  UNIFORM;

  /** For parameters whose last axis is the width of the embeddings. */
  public Param.Initializer of(Backbone backbone) {
    return switch (this) {
      case VOCABULARY -> (manager, shape) -> words(backbone, manager, shape);
      case UNIFORM -> (manager, shape) -> manager.randomUniform(-1, 1, shape, DataType.FLOAT32);
    };
  }

  /** Each word asked for as a text of its own. */
  private static NDArray words(Backbone backbone, NDManager manager, Shape shape) {
    long count = shape.size() / shape.get(shape.dimension() - 1);
    Shape column = new Shape(count, 1);
    NDArray ids =
        manager.randomInteger(0, backbone.tokenizer().vocabulary(), column, DataType.INT64);
    Batch texts =
        new Batch(
            List.of(),
            ids,
            manager.ones(column),
            manager.arange((int) count).toType(DataType.INT64, false),
            manager.zeros(new Shape(count), DataType.INT64),
            manager.ones(new Shape(1, 1)));
    return backbone.query(texts, Router.Query.EMBEDDING_MEAN).reshape(shape).duplicate();
  }
}
