package org.continuo.models;

import java.util.Optional;

/** Whether the user forbids the network. */
final class Offline {
  /** Set to 1: nothing is fetched. */
  static final String VARIABLE = "CONTINUO_OFFLINE";

  private Offline() {}

  static boolean wanted() {
    return Optional.ofNullable(System.getenv(VARIABLE)).filter("1"::equals).isPresent();
  }
}
