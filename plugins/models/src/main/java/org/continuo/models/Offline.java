package org.continuo.models;

import java.util.Map;

/** Whether the user forbids the network. */
public final class Offline {
  /** Set to 1: nothing is fetched. */
  public static final String VARIABLE = "CONTINUO_OFFLINE";

  private Offline() {}

  static boolean wanted() {
    return wanted(System.getenv());
  }

  /** As these variables say. */
  public static boolean wanted(Map<String, String> environment) {
    return "1".equals(environment.get(VARIABLE));
  }
}
