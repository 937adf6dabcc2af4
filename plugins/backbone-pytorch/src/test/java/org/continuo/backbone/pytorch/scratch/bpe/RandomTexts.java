package org.continuo.backbone.pytorch.scratch.bpe;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Texts to try a tokenizer on. */
final class RandomTexts {
  private static final String[] SYLLABLES = {
    "ba", "ti", "lo", "ner", "s", "ing", "un", "re", "th", "é", "ou", "aa", "st", "ed", "ly"
  };
  private static final String[] ODD = {
    "😀",
    "👩‍👩‍👧",
    "naïve",
    "Ω",
    "東京",
    "\n",
    "\n\n",
    "\t",
    "  ",
    "   ",
    "\u00a0",
    "\u2003",
    "'s",
    "'LL",
    "can't",
    "we'll",
    "…",
    "--",
    "3.14",
    "１２",
    "½",
    "<s>",
    "</s>",
    "<pad>",
    "\u0000",
    "\u200d",
    "ا",
    "ñ",
    "e\u0301",
    "\r\n",
    "x",
    "Y",
    "!",
    "?!",
    "$5",
    "#1",
    "_",
    " a",
    "\u0085",
    "\u3000",
    "\uFEFF"
  };

  private RandomTexts() {}

  /** About ten words each, of a few syllables, the first ones more frequent. */
  static List<String> words(int count, Random random) {
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      StringBuilder text = new StringBuilder();
      for (int word = 5 + random.nextInt(10); word > 0; word--) {
        text.append(text.isEmpty() ? "" : " ");
        for (int part = 1 + random.nextInt(4); part > 0; part--) {
          double skewed = random.nextDouble() * random.nextDouble();
          text.append(SYLLABLES[(int) (skewed * SYLLABLES.length)]);
        }
      }
      texts.add(text.append('.').toString());
    }
    return texts;
  }

  /** Signs of many scripts, white space of all sorts, and things that look like special tokens. */
  static String odd(Random random) {
    StringBuilder text = new StringBuilder();
    for (int part = random.nextInt(15); part >= 0; part--) {
      text.append(
          random.nextBoolean()
              ? ODD[random.nextInt(ODD.length)]
              : words(1, random).get(0).substring(0, 6));
    }
    return text.toString();
  }
}
