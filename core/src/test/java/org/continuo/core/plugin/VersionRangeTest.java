package org.continuo.core.plugin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.lang.module.ModuleDescriptor.Version;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class VersionRangeTest {
  private static void inside(VersionRange range, String versions, String others) {
    for (String version : List.of(versions.split(" ", -1))) {
      assertEquals(true, range.contains(Version.parse(version)), range + " and " + version);
    }
    Arrays.stream(others.split(" ", -1))
        .filter(version -> !version.isEmpty())
        .forEach(
            version ->
                assertEquals(
                    false, range.contains(Version.parse(version)), range + " and " + version));
  }

  @Test
  void endsAreInOrOut() {
    inside(VersionRange.parse("[1.2,2)"), "1.2 1.2.0 1.9.9 1.10", "1.1.9 2 2.0.0 3");
    inside(VersionRange.parse("(1.2, 2]"), "1.2.1 2 2.0.0", "1.2 1.2.0 2.0.1");
    inside(VersionRange.parse("[3,)"), "3 3.0 99", "2.9");
    inside(VersionRange.parse("(,2)"), "0.1 1.9", "2");
    inside(VersionRange.ANY, "0.0.1 7", "");
  }

  @Test
  void aVersionAloneMeansThoseCompatibleWithIt() {
    inside(VersionRange.parse("1.4"), "1.4 1.4.1 1.9", "1.3.9 2");
    inside(VersionRange.parse("0.3.1"), "0.3.1 0.3.7", "0.3.0 0.4 1.0");
    assertEquals("[0.3.1,0.4)", VersionRange.compatibleWith("0.3.1-SNAPSHOT").toString());
    assertEquals("[2,3)", VersionRange.compatibleWith("2").toString());
  }

  @Test
  void aDateIsANumberToo() {
    inside(
        VersionRange.compatibleWith("20261121153000"),
        "20261121153000 20261121153000.1",
        "20261121152959 20261121153001");
  }

  @Test
  void qualifiersDoNotCount() {
    inside(VersionRange.parse("[1.2,2)"), "1.2-SNAPSHOT 1.2.0-rc1", "2-SNAPSHOT");
    inside(VersionRange.compatibleWith("0.1.0-SNAPSHOT"), "0.1.0 0.1.0-SNAPSHOT", "0.2.0-SNAPSHOT");
  }

  @Test
  void whatIsNoRangeIsNamed() {
    for (String text : List.of("", ">=2", "[1.2", "[a,b)", "latest")) {
      assertEquals(
          "found the version range '" + text + "', expected one such as [1.2,2) or 1.2",
          assertThrows(IllegalArgumentException.class, () -> VersionRange.parse(text))
              .getMessage());
    }
  }
}
