package org.continuo.streams.review;

/** How a text stands to what it is about. */
enum Stance {
  ASSERTED(1.0),
  /** Quoted and agreed with. */
  ENDORSED(0.4),
  /** Quoted and disagreed with. */
  REJECTED(0.35),
  /** Asked whether it is so. */
  ASKED(0.35);

  private final double frequency;

  Stance(double frequency) {
    this.frequency = frequency;
  }

  /** How often it is drawn, compared with an assertion. */
  double frequency() {
    return frequency;
  }
}
