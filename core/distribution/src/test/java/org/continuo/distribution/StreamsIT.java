package org.continuo.distribution;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.continuo.api.data.TaskStream;
import org.continuo.api.plugin.Plugin;
import org.continuo.testkit.TaskStreamContract;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Every built-in stream keeps to the contract. */
@ParameterizedClass(name = "{0}")
@MethodSource("streams")
class StreamsIT extends TaskStreamContract {
  private final Offered<TaskStream.Factory> offered;
  @TempDir private Path folder;

  StreamsIT(Offered<TaskStream.Factory> offered) {
    this.offered = offered;
  }

  static List<Offered<TaskStream.Factory>> streams() {
    return Offered.all(TaskStream.Factory.class);
  }

  @Override
  protected Plugin<? extends TaskStream.Factory, ?> plugin() {
    return offered.plugin();
  }

  @Override
  protected Map<String, Object> options() {
    return switch (offered.plugin().id()) {
      case "folder", "jsonl", "csv" -> Map.of("root", folder.toString(), "train-limit", 6);
      case "generated-text" -> Map.of("train", 200); // made for pre-training: 60,000
      default -> Map.of();
    };
  }

  @BeforeEach
  void writeFiles() throws IOException {
    for (String task : List.of("colours", "shapes")) {
      Path place = Files.createDirectories(folder.resolve(task));
      for (String split : List.of("train", "dev", "test")) {
        List<String> texts =
            IntStream.range(0, 10).mapToObj(i -> "%s %s %d".formatted(task, split, i)).toList();
        switch (offered.plugin().id()) {
          case "folder" ->
              Files.writeString(
                  place.resolve(split + ".json"),
                  texts.stream().map(StreamsIT::json).collect(Collectors.joining(",", "[", "]")));
          case "jsonl" ->
              Files.write(
                  place.resolve(split + ".jsonl"), texts.stream().map(StreamsIT::json).toList());
          case "csv" ->
              Files.writeString(
                  place.resolve(split + ".csv"),
                  texts.stream()
                      .map(text -> text + "," + label(text))
                      .collect(Collectors.joining("\n", "sentence,label\n", "\n")));
          default -> {
            return;
          }
        }
      }
    }
  }

  private static String json(String text) {
    return "{\"sentence\": \"%s\", \"label\": \"%s\"}".formatted(text, label(text));
  }

  private static String label(String text) {
    return (text.charAt(text.length() - 1) - '0') % 2 == 0 ? "even" : "odd";
  }
}
