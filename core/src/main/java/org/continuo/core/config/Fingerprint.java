package org.continuo.core.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.continuo.checkpoints.files.Sha256;
import org.continuo.core.experiment.Experiment;

/** What decides the numbers of an experiment, in one value: equal means the same experiment. */
public final class Fingerprint {
  /** For people and for the disk: they change no number. */
  private static final List<String> WITHOUT_EFFECT =
      List.of("experiment.name", "experiment.checkpoints");

  private Fingerprint() {}

  /** SHA-256 of the resolved options, 64 hex digits. */
  public static String of(Bound<Experiment> experiment) {
    return new Sha256().add(HoconText.of(deciding(experiment.resolved()))).hex();
  }

  private static Config deciding(Config resolved) {
    Config deciding = resolved;
    for (String path : WITHOUT_EFFECT) {
      deciding = deciding.withoutPath(path);
    }
    return deciding;
  }

  /**
   * Deciding options that differ from those of another experiment: {@code training.epochs = 3, was
   * 2}.
   *
   * @param other resolved, as {@link Bound#text} gives it
   */
  public static List<String> differences(Bound<Experiment> experiment, String other) {
    Map<String, String> now = values(deciding(ConfigFactory.parseString(experiment.text())));
    Map<String, String> then = values(deciding(ConfigFactory.parseString(other)));
    List<String> differences = new ArrayList<>();
    TreeSet<String> paths = new TreeSet<>(now.keySet());
    paths.addAll(then.keySet());
    for (String path : paths) {
      Optional<String> one = Optional.ofNullable(now.get(path));
      Optional<String> two = Optional.ofNullable(then.get(path));
      if (!one.equals(two)) {
        differences.add(
            "%s = %s, was %s".formatted(path, one.orElse("not set"), two.orElse("not set")));
      }
    }
    return differences;
  }

  private static Map<String, String> values(Config config) {
    Map<String, String> values = new TreeMap<>();
    for (Map.Entry<String, ConfigValue> entry : config.entrySet()) {
      values.put(entry.getKey(), entry.getValue().render(ConfigRenderOptions.concise()));
    }
    return values;
  }
}
