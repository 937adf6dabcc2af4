package org.continuo.models;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.continuo.api.data.DataException;
import org.continuo.api.model.ModelHub;

/** The models by name. */
final class EmbeddedHub implements ModelHub {
  private static final List<EmbeddedModel> MODELS =
      Stream.<EmbeddedModel>concat(Stream.of(OwnModel.TINY), PublishedEncoders.ALL.stream())
          .toList();

  /** Looked for once in a process: that compares all bytes of a folder. */
  private static final Map<String, Path> FOLDERS = new ConcurrentHashMap<>();

  @Override
  public List<String> names() {
    return MODELS.stream().map(EmbeddedModel::name).toList();
  }

  @Override
  public Model model(String name) {
    EmbeddedModel model =
        MODELS.stream()
            .filter(each -> each.name().equals(name))
            .findFirst()
            .orElseThrow(
                () ->
                    new DataException(
                        "checkpoint 'embedded:%s': no such embedded model; available: %s"
                            .formatted(name, names())));
    return new Model(
        FOLDERS.computeIfAbsent(name, n -> folder(model)), Optional.of(model.origin()));
  }

  private static Path folder(EmbeddedModel model) {
    try {
      return model.folder();
    } catch (IOException e) {
      throw new UncheckedIOException(
          "checkpoint 'embedded:" + model.name() + "' cannot be kept", e);
    }
  }
}
