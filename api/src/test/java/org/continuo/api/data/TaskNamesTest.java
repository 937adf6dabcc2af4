package org.continuo.api.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class TaskNamesTest {
  private static final String RULE =
      "expected 1 to 100 letters a to z of either case, digits, '.', '_' and '-', the first a letter"
          + " or a digit, the last no '.'; rename it";

  @Test
  void areThoseOfBenchmarks() {
    assertEquals(
        List.of(),
        TaskNames.problems(
            List.of(
                "agnews",
                "SST-2",
                "BoolQA",
                "WiC",
                "20Minuten",
                "C-STANCE",
                "NumGLUE-cm",
                "Py150",
                "task073_commonsenseqa_answer_generation",
                "cola.v1.1",
                "console",
                "a",
                "x".repeat(100))));
  }

  @Test
  void canBePartOfAFileName() {
    for (String name :
        List.of(
            "",
            "a/b",
            "..",
            ".git",
            "SST 2",
            "a\\b",
            "c:d",
            "stance?",
            "-2",
            "_x",
            "naïve",
            "trailing.",
            "line\n",
            "x".repeat(101))) {
      assertEquals(
          List.of("found the name '" + name + "', " + RULE), TaskNames.problems(List.of(name)));
    }
  }

  @Test
  void areNoDevicesOfWindows() {
    for (String name : List.of("con", "NUL", "Aux.v2", "com1", "LPT9")) {
      assertEquals(
          List.of(
              "found the name '"
                  + name
                  + "', expected none that Windows reserves for a device; rename it"),
          TaskNames.problems(List.of(name)));
    }
    assertTrue(TaskNames.problems(List.of("com10", "nul-2", "contrast")).isEmpty());
  }

  @Test
  void differInMoreThanCase() {
    String reason =
        ", expected names that differ in more than upper and lower case, because files are named"
            + " after them; rename one";
    assertEquals(
        List.of(
            "found the names 'SST-2', 'sst-2'" + reason, "found the names 'wic', 'wic'" + reason),
        TaskNames.problems(List.of("wic", "SST-2", "MNLI", "sst-2", "wic")));
  }
}
