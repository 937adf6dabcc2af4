package org.continuo.core.train;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.continuo.api.data.Example;
import org.continuo.api.data.Task;
import org.continuo.api.data.Template;
import org.continuo.api.data.Text;
import org.continuo.api.model.Backbone;
import org.continuo.api.model.Tokenizer;
import org.continuo.core.experiment.Experiment;

/**
 * Examples to token ids. A text that is too long is cut at its end, between characters, never the
 * instruction around it; an answer has at most half of the room, and what the instruction leaves.
 */
@Singleton
public final class PromptEncoder {
  /** Tokens that a text should have at least, where a quarter of all is not less. */
  private static final int SENSIBLE_ROOM = 8;

  private final Tokenizer tokenizer;
  private final Function<String, Task> tasks;
  private final int maximumLength;
  private final int asked;
  private final Map<String, Integer> instructions = new HashMap<>();
  private final Map<String, long[]> prompts = new HashMap<>();
  private final Map<String, long[]> answers = new HashMap<>();
  private final Set<String> cut = new TreeSet<>();

  @Inject
  PromptEncoder(Backbone backbone, Progression progression, Experiment experiment) {
    this.tokenizer = backbone.tokenizer();
    this.tasks = progression::task;
    this.asked = experiment.training().maximumLength();
    this.maximumLength = Math.min(asked, backbone.description().maximumLength());
  }

  /** Ids of the prompt alone. */
  long[] prompt(Example example) {
    return prompt(example, 0).clone();
  }

  /** Ids of the prompt and of the answer with the end token, apart. */
  Sequence sequence(Example example) {
    long[] answer = answer(example);
    long[] prompt = withoutEnd(prompt(example, answer.length));
    return new Sequence(prompt, answer);
  }

  /**
   * Ids of a text as it stands, those that count as the answer. Too long a prompt is cut at its
   * end, too long a text that counts as a whole at its own.
   */
  Sequence sequence(Text text) {
    long[] prompt = withoutEnd(tokenizer.encode(text.prompt()));
    long[] answer = ended(tokenizer.encodePiece(text.answer()));
    if (text.counted() == Text.Counted.ALL) {
      long[] all = Arrays.copyOf(prompt, prompt.length + answer.length);
      System.arraycopy(answer, 0, all, prompt.length, answer.length);
      int length = Math.min(all.length, maximumLength);
      return new Sequence(Arrays.copyOf(all, 1), Arrays.copyOfRange(all, 1, length));
    }
    int room = Math.max(1, maximumLength - answer.length);
    return new Sequence(Arrays.copyOf(prompt, Math.min(prompt.length, room)), answer);
  }

  /**
   * Why the prompt of a task leaves no room for its texts; empty if it does, or if the little it
   * leaves is enough for all of them.
   *
   * @param examples of the task
   * @param answered whether the answer stands behind the prompt
   */
  public Optional<String> refusal(Task task, List<Example> examples, boolean answered) {
    int instruction = instruction(task);
    int answer = !answered ? 0 : task.freeText() ? sensibleRoom() : longestLabel(task);
    int room = maximumLength - instruction - answer;
    if (room >= sensibleRoom()
        || (room > 0 && examples.stream().allMatch(e -> whole(e) + answer <= maximumLength))) {
      return Optional.empty();
    }
    return Optional.of(
        "the prompt of task '%s' has %d tokens without any text%s, %s"
            .formatted(
                task.name(),
                instruction,
                answer == 0 ? "" : " and %d are kept for its answer".formatted(answer),
                limit()));
  }

  private String limit() {
    return maximumLength == asked
        ? "training.maximum-length is %d; raise it or shorten the template".formatted(maximumLength)
        : "the model reads at most %d; shorten the template".formatted(maximumLength);
  }

  private int sensibleRoom() {
    return Math.min(SENSIBLE_ROOM, maximumLength / 4);
  }

  /** Tokens of the prompt without any text. */
  private int instruction(Task task) {
    return instructions.computeIfAbsent(
        task.name(), name -> tokenizer.encode(task.template().prompt(task, "")).length);
  }

  /** Tokens of the prompt with all of the text. */
  private int whole(Example example) {
    return tokenizer.encode(rendered(example, example.text())).length;
  }

  private int longestLabel(Task task) {
    return task.labels().stream()
        .map(label -> task.template().spoken(task, label))
        .mapToInt(spoken -> ended(tokenizer.encodePiece(spoken)).length)
        .max()
        .orElse(0);
  }

  /** Ids of prompt and answer together. */
  public int length(Example example) {
    long[] answer = answer(example);
    return prompt(example, answer.length).length + answer.length;
  }

  /** How many texts were cut so far. */
  public int cut() {
    return cut.size();
  }

  /** Which texts those were. */
  Set<String> cutTexts() {
    return Collections.unmodifiableSet(cut);
  }

  /** Counts these among them, whether or not they are met again. */
  void resume(Collection<String> texts) {
    cut.addAll(texts);
  }

  /** Prompt and answer of one example. */
  @SuppressWarnings("ArrayRecordComponent") // read once, by the batch that copies them
  record Sequence(long[] prompt, long[] answer) {}

  /** Longest prompt with its answer, in tokens. */
  public int maximumLength() {
    return maximumLength;
  }

  private long[] answer(Example example) {
    String spoken =
        example
            .task()
            .map(tasks)
            .map(task -> task.template().spoken(task, example.answer()))
            .orElse(" " + example.answer());
    long[] answer = answers.computeIfAbsent(spoken, text -> ended(tokenizer.encodePiece(text)));
    int instruction = example.task().map(tasks).map(this::instruction).orElse(0);
    return answer.length + instruction < maximumLength
        ? answer
        : Arrays.copyOf(
            answer,
            Math.min(answer.length, Math.max(1, maximumLength - instruction - sensibleRoom())));
  }

  /** With the end token, and never more than half of what the model reads. */
  private long[] ended(long[] ids) {
    List<Long> ends = tokenizer.endIds();
    long[] ended = ends.isEmpty() ? ids : Arrays.copyOf(ids, ids.length + 1);
    if (!ends.isEmpty()) {
      ended[ids.length] = ends.get(0);
    }
    int room = maximumLength / 2;
    return ended.length <= room ? ended : Arrays.copyOf(ended, room);
  }

  private long[] prompt(Example example, int reserved) {
    String key = example.task().orElse("") + "\n" + reserved + "\n" + example.id();
    long[] known = prompts.get(key);
    if (known == null) {
      known = encode(example, maximumLength - reserved, key);
      prompts.put(key, known);
    }
    return known;
  }

  private long[] encode(Example example, int room, String key) {
    String text = example.text();
    long[] ids = tokenizer.encode(rendered(example, text));
    while (ids.length > room && !text.isEmpty()) {
      int kept = (int) (text.length() * (double) (room - 1) / ids.length);
      text = start(text, Math.min(kept, text.length() - 1)).stripTrailing();
      ids = tokenizer.encode(rendered(example, text));
      cut.add(key);
    }
    // What still does not fit was refused by the plan; the start token is not what goes.
    return ids.length <= room ? ids : Arrays.copyOf(ids, room);
  }

  /** The first UTF-16 units of a text, one less where the last would be half of a character. */
  private static String start(String text, int units) {
    boolean halves =
        units > 0 && Character.isSurrogatePair(text.charAt(units - 1), text.charAt(units));
    return text.substring(0, halves ? units - 1 : units);
  }

  private String rendered(Example example, String text) {
    return example
        .task()
        .map(tasks)
        .map(task -> task.template().prompt(task, text))
        .orElseGet(() -> Template.PLAIN.prompt(ANY, text));
  }

  /** Stands for the task where its id is withheld. */
  private static final Task ANY = new Task("any", 0, Template.PLAIN, List.of());

  private long[] withoutEnd(long[] prompt) {
    int last = prompt.length - 1;
    return last > 0 && tokenizer.endIds().contains(prompt[last])
        ? Arrays.copyOf(prompt, last)
        : prompt;
  }
}
