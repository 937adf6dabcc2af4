package org.continuo.core.engine;

import ai.djl.engine.Engine;

/** The only way to an engine: its native libraries are loaded from a place that was looked at. */
public final class Engines {
  private Engines() {}

  /**
   * @throws org.continuo.core.config.InvalidInput if the place is not to be trusted
   */
  public static Engine of(String name) {
    NativeCache.prepare();
    return Engine.getEngine(name);
  }
}
