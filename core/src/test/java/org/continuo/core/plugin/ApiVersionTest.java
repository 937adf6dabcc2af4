package org.continuo.core.plugin;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ApiVersionTest {
  private static ApiVersion version(String text) {
    return ApiVersion.parse(text).orElseThrow();
  }

  private static void check(String built, String runWith, String refusedBy) {
    Arrays.stream(runWith.split(" "))
        .forEach(host -> assertEquals(true, version(host).runs(version(built)), host));
    Arrays.stream(refusedBy.split(" "))
        .forEach(host -> assertEquals(false, version(host).runs(version(built)), host));
  }

  @Test
  void upToTheNextMajorVersion() {
    check("1.4", "1.4 1.4.0 1.4.1 1.10", "1.3.9 0.4 2 2.4");
    check("2", "2 2.0.0 2.9", "1.9 3");
    assertEquals("2", version("1.4").next());
  }

  @Test
  void beforeOneUpToTheNextMinorVersion() {
    check("0.3.1", "0.3.1 0.3.7", "0.3.0 0.4 0.4.1 1.0 1.3.1");
    assertEquals("0.4", version("0.3.1").next());
  }

  @Test
  void onlyNumbersCount() {
    check("0.1.0-SNAPSHOT", "0.1.0 0.1.0-SNAPSHOT 0.1.1-rc1", "0.2.0-SNAPSHOT");
    assertEquals(new ApiVersion(1, 2, 0), version("1.2-SNAPSHOT"));
    assertEquals(Optional.empty(), ApiVersion.parse("latest"));
  }
}
