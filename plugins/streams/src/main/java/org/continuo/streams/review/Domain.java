package org.continuo.streams.review;

import java.util.Arrays;
import java.util.Locale;

/** Where a text appears: one task each. */
enum Domain {
  VIDEO_COMMENTS("video-comments", "video", "comment"),
  SHORT_NEWS_COMMENTS("short-news-comments", "news", "comment"),
  ACCOUNT_ARTICLES("account-articles", "article", "article");

  private final String task;
  private final String layout;
  private final String manner;

  Domain(String task, String layout, String manner) {
    this.task = task;
    this.layout = layout;
    this.manner = manner;
  }

  static Domain of(String task) {
    return Arrays.stream(values())
        .filter(domain -> domain.task.equals(task))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no domain '" + task + "'"));
  }

  String task() {
    return task;
  }

  /** The grammar's list of whole texts. */
  String layout() {
    return layout;
  }

  /** The grammar's list of frames for a stance. */
  String frames(Stance stance) {
    return manner + "-" + stance.name().toLowerCase(Locale.ROOT);
  }
}
