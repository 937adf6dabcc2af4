package org.example.l2pull;

import org.continuo.api.learning.Strategy;
import org.continuo.api.plugin.Plugin;
import org.continuo.testkit.StrategyContract;

/** Runs on a tiny model: learns, repeats itself bit for bit, leaks nothing, refuses bad options. */
class L2PullTest extends StrategyContract {
  @Override
  protected Plugin<Strategy.Factory, ?> plugin() {
    return new L2PullPlugin();
  }
}
