package org.continuo.testkit;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.util.Set;
import java.util.stream.Collectors;
import org.junit.platform.testkit.engine.EngineTestKit;

/** What a contract finds in a part under test. */
final class Failures {
  private Failures() {}

  /** Names of the tests that fail. */
  static Set<String> of(Class<? extends PluginContract<?>> test) {
    return EngineTestKit.engine("junit-jupiter")
        .selectors(selectClass(test))
        .execute()
        .testEvents()
        .failed()
        .stream()
        .map(event -> event.getTestDescriptor().getDisplayName().replace("()", ""))
        .collect(Collectors.toSet());
  }
}
