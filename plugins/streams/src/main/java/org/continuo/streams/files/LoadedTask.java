package org.continuo.streams.files;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.continuo.api.data.Example;
import org.continuo.api.data.Split;
import org.continuo.api.data.Task;
import org.continuo.streams.task.EvenDraw;
import org.continuo.streams.task.SeededRandom;

/**
 * A task with all the examples of its files, by split.
 *
 * @param alikeLabels see {@link Labels#alike}
 * @param overlaps between the files
 */
record LoadedTask(
    Task task,
    Map<Split, List<Example>> examples,
    List<List<String>> alikeLabels,
    List<Overlap> overlaps) {

  /** With a dev split taken out of train if there is none. */
  LoadedTask withDev(double share, long seed) {
    if (examples.containsKey(Split.DEV)) {
      return this;
    }
    Map<Split, List<Example>> all = new EnumMap<>(examples);
    all.putAll(DevShare.split(task, examples.get(Split.TRAIN), share, group(), seed));
    return new LoadedTask(task, all, alikeLabels, overlaps);
  }

  /** With no more than the limits allow. */
  LoadedTask limited(Function<Split, Integer> limits, long seed) {
    Map<Split, List<Example>> drawn = new EnumMap<>(Split.class);
    examples.forEach(
        (split, list) ->
            drawn.put(
                split,
                EvenDraw.draw(
                    list,
                    limits.apply(split),
                    group(),
                    SeededRandom.of(seed, "limit", task.name(), split.name()))));
    return new LoadedTask(task, drawn, alikeLabels, overlaps);
  }

  /** What draws are even by: the label; free-text answers are all of one group. */
  private Function<Example, String> group() {
    return task.freeText() ? example -> "" : Example::answer;
  }
}
