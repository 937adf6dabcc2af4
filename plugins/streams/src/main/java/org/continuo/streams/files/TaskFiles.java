package org.continuo.streams.files;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.continuo.api.data.Example;
import org.continuo.api.data.Split;
import org.continuo.api.data.Task;
import org.continuo.api.data.TaskNames;
import org.continuo.api.data.TaskStream;
import org.continuo.streams.task.LoadedStream;
import org.continuo.streams.task.Problems;
import org.continuo.streams.task.Suggestion;
import org.continuo.streams.task.TaskOrder;

/** A folder of task folders. */
record TaskFiles(FileOptions options, RecordFormat format) implements TaskStream.Factory {
  @Override
  public List<Path> reads() {
    if (!Files.isDirectory(options.root())) {
      return List.of(options.root());
    }
    List<String> names = options.order().isEmpty() ? folders() : options.order();
    return names.stream().flatMap(name -> folder(name).reads().stream()).toList();
  }

  @Override
  public TaskStream open(long seed) {
    Problems problems = new Problems();
    List<String> names = names(problems);
    problems.throwIfAny();
    List<Task> tasks = new ArrayList<>();
    Map<String, Map<Split, List<Example>>> contents = new HashMap<>();
    List<String> warnings = new ArrayList<>();
    List<Overlap> overlaps = new ArrayList<>();
    for (String name : names) {
      LoadedTask loaded =
          folder(name).load(tasks.size(), seed, problems).limited(options::limit, seed);
      tasks.add(loaded.task());
      contents.put(name, loaded.examples());
      loaded
          .alikeLabels()
          .forEach(
              labels ->
                  warnings.add(
                      "task '%s': the labels '%s' differ in case, accents, spaces or the form of their characters only, and count as different answers; if they mean the same, write them the same"
                          .formatted(name, String.join("', '", labels))));
      overlaps.addAll(loaded.overlaps());
    }
    problems.throwIfAny();
    warnings.addAll(Overlap.warnings(overlaps));
    return new LoadedStream(tasks, contents, warnings);
  }

  private TaskFolder folder(String name) {
    return new TaskFolder(name, options.root().resolve(name), format, options);
  }

  /** The tasks in order; reports what keeps them from being found. */
  private List<String> names(Problems problems) {
    Path root = options.root();
    if (!Files.isDirectory(root)) {
      problems.add(
          "root: found no folder %s, expected one that holds a folder per task; %s"
              .formatted(root, nearest(root)));
      return List.of();
    }
    List<String> available = folders();
    if (available.isEmpty()) {
      problems.add(noTasks(root));
      return List.of();
    }
    options.allTemplates().checkNames(available, problems);
    List<String> names = TaskOrder.select(options.order(), available, problems);
    TaskNames.problems(names)
        .forEach(
            problem ->
                problems.add(
                    "task folders in %s: %s or leave it out of order".formatted(root, problem)));
    return names;
  }

  private String noTasks(Path root) {
    String file = TaskFolder.file(Split.TRAIN, format);
    if (Files.exists(root.resolve(file))) {
      return "root: %s is itself the folder of a task; set root to the folder above it, %s"
          .formatted(root, root.toAbsolutePath().normalize().getParent());
    }
    return "root: found no task in %s, expected folders with %s; folders there: %s; if its files are of another kind, set type to folder (.json), jsonl or csv"
        .formatted(root, file, Suggestion.listed(subfolders(root)));
  }

  /** How far a missing path exists, and what is there. */
  private static String nearest(Path missing) {
    Path path = missing.toAbsolutePath().normalize();
    Path parent = path.getParent();
    while (parent != null && !Files.isDirectory(parent)) {
      path = parent;
      parent = path.getParent();
    }
    return parent == null
        ? path + " does not exist"
        : "in %s: %s"
            .formatted(
                parent, Suggestion.unknown(path.getFileName().toString(), subfolders(parent)));
  }

  /** Names of the folders that hold a training file or are asked for, sorted. */
  private List<String> folders() {
    String file = TaskFolder.file(Split.TRAIN, format);
    return subfolders(options.root()).stream()
        .filter(
            name ->
                options.order().contains(name)
                    || Files.exists(options.root().resolve(name).resolve(file)))
        .toList();
  }

  private static List<String> subfolders(Path folder) {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries
          .filter(Files::isDirectory)
          .map(path -> path.getFileName().toString())
          .filter(name -> !name.startsWith("."))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot list " + folder, e);
    }
  }
}
