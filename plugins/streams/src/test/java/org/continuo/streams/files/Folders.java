package org.continuo.streams.files;

import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.continuo.api.data.DataException;
import org.continuo.api.data.TaskStream;
import org.continuo.streams.task.TemplateOptions;

/** Files to read and the options to read them with, which start as they are by default. */
final class Folders {
  static final TemplateOptions PLAIN = new TemplateOptions("{text}", false, Optional.empty());

  private final Path root;
  private List<String> order = List.of();
  private int trainLimit;
  private int devLimit;
  private int testLimit;
  private Map<String, TemplateOptions> templates = Map.of();
  private String textField = "sentence";
  private String labelField = "label";
  private boolean freeText;
  private double devShare = 0.1;
  private boolean allowOverlap;
  private String delimiter = ",";

  private Folders(Path root) {
    this.root = root;
  }

  static Folders at(Path root) {
    return new Folders(root);
  }

  Folders write(String file, String content) {
    try {
      Path path = root.resolve(file);
      Files.createDirectories(path.getParent());
      Files.writeString(path, content);
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Folders order(String... names) {
    order = List.of(names);
    return this;
  }

  Folders limits(int train, int dev, int test) {
    trainLimit = train;
    devLimit = dev;
    testLimit = test;
    return this;
  }

  Folders templates(Map<String, TemplateOptions> own) {
    templates = own;
    return this;
  }

  Folders fields(String text, String label) {
    textField = text;
    labelField = label;
    return this;
  }

  Folders freeText() {
    freeText = true;
    return this;
  }

  Folders devShare(double share) {
    devShare = share;
    return this;
  }

  Folders allowOverlap() {
    allowOverlap = true;
    return this;
  }

  Folders delimiter(String character) {
    delimiter = character;
    return this;
  }

  FileOptions options() {
    return new FileOptions(
        root,
        order,
        trainLimit,
        devLimit,
        testLimit,
        PLAIN,
        templates,
        textField,
        labelField,
        freeText,
        devShare,
        allowOverlap,
        delimiter);
  }

  TaskStream open(TaskFilesPlugin plugin) {
    return plugin.create(options()).open(1);
  }

  /** The problems of opening, one per line, the root folder as ROOT, every backslash as a slash. */
  String problems(TaskFilesPlugin plugin) {
    DataException thrown = assertThrows(DataException.class, () -> open(plugin));
    return String.join("\n", thrown.problems()).replace(root.toString(), "ROOT").replace('\\', '/')
        + "\n";
  }
}
