package org.continuo.backbone.pytorch.checkpoint;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.module.ModuleReader;
import java.lang.module.ResolvedModule;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.continuo.api.data.DataException;

/**
 * The checkpoints among this module's resources. Tokenizer and weights are read from files, so a
 * checkpoint is copied to a folder that is kept, see {@link KeptFolder}.
 */
final class EmbeddedCheckpoints {
  private static final String ROOT = "org/continuo/backbone/pytorch/embedded/";
  private static final Module MODULE = EmbeddedCheckpoints.class.getModule();
  private static final Map<String, Path> COPIES = new ConcurrentHashMap<>();

  private EmbeddedCheckpoints() {}

  static Path folder(String name) {
    List<String> resources = resources();
    String prefix = ROOT + name + "/";
    List<String> files = resources.stream().filter(r -> r.startsWith(prefix)).toList();
    if (name.isEmpty() || files.isEmpty()) {
      throw new DataException(
          "checkpoint 'embedded:%s': no such embedded checkpoint; available: %s"
              .formatted(name, names(resources)));
    }
    return COPIES.computeIfAbsent(name, n -> copy(n, files));
  }

  private static List<String> names(List<String> resources) {
    return resources.stream()
        .map(resource -> resource.substring(ROOT.length()))
        .filter(rest -> rest.indexOf('/') > 0)
        .map(rest -> rest.substring(0, rest.indexOf('/')))
        .distinct()
        .sorted()
        .toList();
  }

  /** Files below the root, by their path in the module; none on the class path. */
  private static List<String> resources() {
    Optional<ResolvedModule> module =
        Optional.ofNullable(MODULE.getLayer())
            .flatMap(layer -> layer.configuration().findModule(MODULE.getName()));
    if (module.isEmpty()) {
      return List.of();
    }
    try (ModuleReader reader = module.get().reference().open();
        Stream<String> all = reader.list()) {
      return all.filter(name -> name.startsWith(ROOT) && !name.endsWith("/")).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot list the resources of " + MODULE, e);
    }
  }

  private static Path copy(String name, List<String> files) {
    try {
      Map<String, byte[]> contents = new TreeMap<>();
      for (String file : files) {
        try (InputStream in = MODULE.getResourceAsStream(file)) {
          contents.put(file.substring(file.lastIndexOf('/') + 1), in.readAllBytes());
        }
      }
      return KeptFolder.of(name, contents);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot copy embedded checkpoint '" + name + "'", e);
    }
  }
}
