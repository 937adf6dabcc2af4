package org.continuo.streams.corpus;

import java.util.List;

/** What reviews are about: each product is a file of words. */
final class Product {
  static final List<String> FILES =
      List.of(
              "novel",
              "textbook",
              "movie",
              "album",
              "camera",
              "phone",
              "headphones",
              "computer",
              "software",
              "videogame",
              "toy",
              "baby",
              "kitchen",
              "cookware",
              "shoes",
              "clothing",
              "watch",
              "furniture",
              "tool",
              "garden",
              "pet",
              "beauty",
              "health",
              "grocery",
              "car",
              "restaurant",
              "hotel",
              "service")
          .stream()
          .map(name -> "products/" + name)
          .toList();

  private static final List<String> MEDIA = FILES.subList(0, 4);
  private static final List<String> VISITED =
      List.of("products/restaurant", "products/hotel", "products/service");

  private Product() {}

  /** Whether it is a place to go to rather than a thing to buy. */
  static boolean visited(String file) {
    return VISITED.contains(file);
  }

  /** Books, films and music are reviewed more than all else. */
  static String draw(Draft draft) {
    return draft.one(draft.chance(0.4) ? MEDIA : FILES);
  }
}
