package org.continuo.streams.corpus;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import org.continuo.api.data.Example;
import org.continuo.api.data.Split;
import org.continuo.api.data.Task;
import org.continuo.api.data.TaskStream;
import org.continuo.api.data.Template;
import org.continuo.api.plugin.Option;

/**
 * English documents written by a grammar, to pre-train a small language model where no checkpoint
 * can be downloaded. One task, {@code text}: nothing is asked, and the answer is the document.
 *
 * <p>A document keeps to one subject, one mood and a few people and things, so that its next word
 * depends on what was said before. The dev and test documents stay the same when more are written
 * for training.
 */
final class GeneratedText implements TaskStream {
  private static final Task TASK = new Task("text", 0, Template.PLAIN, List.of());

  private final Map<Split, List<Example>> examples;

  /** The block of options. */
  record Options(
      @Option(doc = "documents to train on", value = "60000", unit = "documents", min = 1)
          int train,
      @Option(doc = "documents to select on", value = "300", unit = "documents", min = 0) int dev,
      @Option(doc = "documents to test on", value = "300", unit = "documents", min = 0) int test,
      @Option(doc = "shortest document", value = "25", unit = "words", min = 20, max = 40)
          int minimumWords,
      @Option(doc = "longest document", value = "90", unit = "words", min = 70, max = 400)
          int maximumWords) {}

  private GeneratedText(Map<Split, List<Example>> examples) {
    this.examples = examples;
  }

  static GeneratedText write(Options options, long seed) {
    Grammar grammar = Grammar.load();
    Length length = new Length(options.minimumWords(), options.maximumWords());
    Map<Split, Integer> wanted = new EnumMap<>(Split.class);
    wanted.put(Split.TRAIN, options.train());
    wanted.put(Split.DEV, options.dev());
    wanted.put(Split.TEST, options.test());
    Set<String> seen = new HashSet<>();
    Map<Split, List<Example>> examples = new EnumMap<>(Split.class);
    for (Split split : List.of(Split.TEST, Split.DEV, Split.TRAIN)) {
      Random random = new Random(new SplittableRandom(seed ^ split.name().hashCode()).nextLong());
      examples.put(split, examples(split, wanted.get(split), grammar, length, random, seen));
    }
    return new GeneratedText(examples);
  }

  private static List<Example> examples(
      Split split, int count, Grammar grammar, Length length, Random random, Set<String> seen) {
    String prefix = TASK.name() + "/" + split.name().toLowerCase(Locale.ROOT) + "/";
    List<Example> examples = new ArrayList<>(count);
    while (examples.size() < count) {
      Draft draft = new Draft(grammar, random);
      String document = Genre.draw(draft).writer().write(draft, length);
      if (length.holds(document) && seen.add(document)) {
        examples.add(new Example(prefix + examples.size(), TASK.name(), "", document));
      }
    }
    return List.copyOf(examples);
  }

  @Override
  public List<Task> tasks() {
    return List.of(TASK);
  }

  @Override
  public List<Example> examples(Task task, Split split) {
    if (!task.equals(TASK)) {
      throw new IllegalArgumentException(
          "the stream generated-text has no task '" + task.name() + "'; there is 'text'");
    }
    return examples.get(split);
  }
}
