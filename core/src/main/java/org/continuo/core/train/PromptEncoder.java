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
import java.util.stream.LongStream;
import org.continuo.api.data.DataException;
import org.continuo.api.data.Example;
import org.continuo.api.data.Prompt;
import org.continuo.api.data.Task;
import org.continuo.api.data.Text;
import org.continuo.api.model.Backbone;
import org.continuo.api.model.ChatFrame;
import org.continuo.api.model.Tokenizer;
import org.continuo.core.experiment.Experiment;

/**
 * Examples to token ids. A text that is too long is cut at its end, between characters, never the
 * instruction around it; an answer has at most half of the room, and what the instruction leaves.
 * Its tokens are those it has in the middle of a text, whatever the prompt ends with; in a chat,
 * those it has where the turn of the model begins.
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
  private Optional<ChatFrame> frame = Optional.empty();

  @Inject
  PromptEncoder(Backbone backbone, Progression progression, Experiment experiment) {
    this.tokenizer = backbone.tokenizer();
    this.tasks = progression::task;
    this.asked = experiment.training().maximumLength();
    this.maximumLength = Math.min(asked, backbone.description().maximumLength());
  }

  private ChatFrame frame() {
    ChatFrame known = frame.orElseGet(tokenizer::chatFrame);
    frame = Optional.of(known);
    return known;
  }

  /** Ids of the prompt alone. */
  long[] prompt(Example example) {
    return prompt(example, 0).clone();
  }

  /** Ids of the prompt and of the answer with the end token, apart. */
  Sequence sequence(Example example) {
    long[] answer = answer(example);
    long[] prompt = prompt(example, answer.length);
    return new Sequence(chats(task(example)) ? prompt : withoutEnd(prompt), answer);
  }

  /**
   * Ids of a text as it stands, those that count as the answer. Too long a prompt is cut at its
   * end, too long a text that counts as a whole at its own.
   */
  Sequence sequence(Text text) {
    long[] prompt =
        Cutting.first(text.prompt(), maximumLength, p -> withoutEnd(tokenizer.encode(p)));
    long[] answer = ended(Cutting.first(text.answer(), maximumLength, tokenizer::encodePiece));
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

  /** Why the prompt of a task cannot be a message in a chat; empty if it can, or is not to be. */
  public Optional<String> chatRefusal(Task task) {
    try {
      if (task.template().chat()) {
        frame();
      }
      return Optional.empty();
    } catch (DataException e) {
      return Optional.of(
          "the template of task '%s' has chat = true, but %s"
              .formatted(task.name(), e.getMessage()));
    }
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
    return instructions.computeIfAbsent(task.name(), name -> encoded(Optional.of(task), "").length);
  }

  /** Tokens of the prompt with all of the text, as far as they could fit. */
  private int whole(Example example) {
    return Cutting.first(example.text(), maximumLength + 1, t -> encoded(task(example), t)).length;
  }

  private int longestLabel(Task task) {
    return task.labels().stream()
        .mapToInt(label -> ended(answer(Optional.of(task), label)).length)
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

  /** Ids of an answer as it stands behind the prompts of a task; of a long one the first. */
  long[] answer(Task task, String answer) {
    return answer(Optional.of(task), answer).clone();
  }

  /** How many of these have an answer that is too long to be learned or scored as a whole. */
  public long cutAnswers(List<Example> examples) {
    return examples.stream()
        .filter(e -> answer(e).length < closed(answer(task(e), e.answer())).length)
        .count();
  }

  private long[] answer(Example example) {
    Optional<Task> task = task(example);
    long[] answer = ended(answer(task, example.answer()));
    int instruction = task.map(this::instruction).orElse(0);
    return answer.length + instruction < maximumLength
        ? answer
        : Arrays.copyOf(
            answer,
            Math.min(answer.length, Math.max(1, maximumLength - instruction - sensibleRoom())));
  }

  private long[] answer(Optional<Task> task, String answer) {
    String spoken = task.map(t -> t.template().spoken(t, answer)).orElse(" " + answer);
    return chats(task)
        ? answers.computeIfAbsent(
            "chat" + spoken,
            key -> bounded(frame().lead() + spoken.substring(1), this::behindFrame))
        : answers.computeIfAbsent(spoken, text -> bounded(text, tokenizer::encodePiece));
  }

  private long[] bounded(String answer, Function<String, long[]> encode) {
    return Cutting.first(answer, maximumLength, encode);
  }

  /** Ids where the turn of the model begins; in the middle of a text if they are joined to it. */
  private long[] behindFrame(String answer) {
    Prompt after = Prompt.template(frame().after());
    long[] before = tokenizer.encodePiece(after);
    long[] both = tokenizer.encodePiece(after.then(Prompt.text(answer)));
    return Arrays.mismatch(before, both) == before.length
        ? Arrays.copyOfRange(both, before.length, both.length)
        : tokenizer.encodePiece(answer);
  }

  /** With the end token, and never more than half of what the model reads. */
  private long[] ended(long[] ids) {
    long[] ended = closed(ids);
    int room = maximumLength / 2;
    return ended.length <= room ? ended : Arrays.copyOf(ended, room);
  }

  private long[] closed(long[] ids) {
    return LongStream.concat(
            Arrays.stream(ids), tokenizer.endIds().stream().mapToLong(id -> id).limit(1))
        .toArray();
  }

  private long[] prompt(Example example, int reserved) {
    String key = example.task().orElse("") + "\n" + reserved + "\n" + example.id();
    return prompts.computeIfAbsent(key, k -> encode(example, maximumLength - reserved));
  }

  private long[] encode(Example example, int room) {
    Optional<Task> task = task(example);
    Cutting.Fitted fitted = Cutting.fit(example.text(), room, text -> encoded(task, text));
    if (fitted.cut()) {
      cut.add(example.id());
    }
    // What still does not fit was refused by the plan; the start token is not what goes.
    long[] ids = fitted.ids();
    return ids.length <= room ? ids : Arrays.copyOf(ids, room);
  }

  private Optional<Task> task(Example example) {
    return example.task().map(tasks);
  }

  private static boolean chats(Optional<Task> task) {
    return task.map(t -> t.template().chat()).orElse(false);
  }

  /** Ids of the prompt for a text; where the task is withheld, the text stands alone. */
  private long[] encoded(Optional<Task> task, String text) {
    if (task.isEmpty()) {
      return tokenizer.encode(text);
    }
    Prompt prompt = task.get().template().pieces(task.get(), text);
    return chats(task)
        ? tokenizer.encodePiece(frame().around(prompt))
        : startedOnce(tokenizer.encode(prompt));
  }

  /** A template that writes the start token itself is not given another. */
  private long[] startedOnce(long[] prompt) {
    boolean twice =
        prompt.length > 1
            && prompt[0] == prompt[1]
            && Arrays.stream(tokenizer.encode("")).limit(1).anyMatch(id -> id == prompt[0]);
    return twice ? Arrays.copyOfRange(prompt, 1, prompt.length) : prompt;
  }

  /** Without the end token that the tokenizer puts behind every text; a template may write one. */
  private long[] withoutEnd(long[] prompt) {
    int last = prompt.length - 1;
    return last > 0 && tokenizer.endIds().contains(prompt[last]) && closes()
        ? Arrays.copyOf(prompt, last)
        : prompt;
  }

  private boolean closes() {
    long[] any = tokenizer.encode("x");
    return tokenizer.endIds().contains(any[any.length - 1]);
  }
}
