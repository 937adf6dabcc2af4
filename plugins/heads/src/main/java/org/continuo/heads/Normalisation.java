package org.continuo.heads;

import java.util.Locale;

/** What two answers may differ in and still match exactly; each as its source defines it. */
enum Normalisation {
  /** Surrounding white space alone: signs, symbols, digits, accents and case all count. */
  STRICT {
    @Override
    String of(String text) {
      return text.strip();
    }
  },

  /**
   * Lower case, without ASCII punctuation, without the words a, an, the, with single spaces: the
   * evaluation script of SQuAD 1.1 (Rajpurkar et al. 2016, arXiv 1606.05250). "-1" matches "1".
   */
  SQUAD {
    @Override
    String of(String text) {
      return singleSpaced(unpunctuated(text).replaceAll("(?U)\\b(a|an|the)\\b", " "));
    }
  },

  /**
   * Lower case, without ASCII punctuation, with single spaces: the code of O-LoRA (Wang et al.
   * 2023, arXiv 2310.14152), which has it from Super-NaturalInstructions (arXiv 2204.07705). "-1"
   * matches "1".
   */
  O_LORA {
    @Override
    String of(String text) {
      return singleSpaced(unpunctuated(text));
    }
  },

  /**
   * As it stands, but an empty text matches nothing, not even another: the accuracy of TRACE (Wang
   * et al. 2023, arXiv 2310.06762).
   */
  TRACE {
    @Override
    String of(String text) {
      return text.strip();
    }

    @Override
    boolean match(String answer, String expected) {
      return !of(expected).isEmpty() && super.match(answer, expected);
    }
  };

  abstract String of(String text);

  boolean match(String answer, String expected) {
    return of(answer).equals(of(expected));
  }

  /** Punctuation goes without a space in its place: "don't" becomes "dont". */
  private static String unpunctuated(String text) {
    return text.toLowerCase(Locale.ROOT).replaceAll("\\p{Punct}", "");
  }

  private static String singleSpaced(String text) {
    return text.replaceAll("(?U)\\s+", " ").strip();
  }
}
