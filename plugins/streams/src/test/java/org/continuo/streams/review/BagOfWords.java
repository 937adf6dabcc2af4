package org.continuo.streams.review;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.continuo.api.data.Example;

/** Logistic regression on which words a text holds, trained by stochastic gradient descent. */
final class BagOfWords {
  private static final int EPOCHS = 30;
  private static final double RATE = 0.1;
  private static final double DECAY = 1e-4;

  private final Map<String, Double> weights = new HashMap<>();
  private double bias;

  static BagOfWords trainedOn(List<Example> examples) {
    BagOfWords model = new BagOfWords();
    List<Text> order =
        new ArrayList<>(
            examples.stream().map(e -> new Text(words(e.text()), violating(e))).toList());
    Random random = new Random(1);
    for (int epoch = 0; epoch < EPOCHS; epoch++) {
      Collections.shuffle(order, random);
      order.forEach(model::learn);
    }
    return model;
  }

  /** The different words of a text; the addresses and numbers in it are one word each. */
  static Set<String> words(String text) {
    String[] words = text.toLowerCase(Locale.ROOT).split("[^a-z0-9@.'-]+|\\.(?= |$)");
    Set<String> set = new TreeSet<>(List.of(words));
    set.remove("");
    return set;
  }

  static boolean violating(Example example) {
    return example.answer().equals("violating");
  }

  double accuracy(List<Example> examples) {
    long right =
        examples.stream().filter(e -> (score(words(e.text())) > 0) == violating(e)).count();
    return (double) right / examples.size();
  }

  private double score(Set<String> words) {
    return bias + words.stream().mapToDouble(word -> weights.getOrDefault(word, 0.0)).sum();
  }

  private void learn(Text text) {
    double probability = 1 / (1 + Math.exp(-score(text.words())));
    double step = RATE * ((text.violating() ? 1 : 0) - probability);
    bias += step;
    text.words().forEach(word -> weights.merge(word, step, (w, s) -> w * (1 - DECAY) + s));
  }

  private record Text(Set<String> words, boolean violating) {}
}
