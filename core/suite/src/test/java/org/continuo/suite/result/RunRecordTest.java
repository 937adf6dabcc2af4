package org.continuo.suite.result;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunRecordTest {
  @TempDir private Path folder;

  @Test
  void whatWasMeasuredOnTheLastAnswersIsAMetricToo() throws IOException {
    Files.writeString(
        folder.resolve("results.json"),
        """
        {"status": "completed", "score": "accuracy", "tasks": ["a", "b"],
         "accuracy": [[0.5, 0.5], [0.25, 1.0]], "metrics": {"acc.final": 0.625},
         "routingAccuracy": [[1.0, 0.0], [0.5, 1.0]],
         "testMetrics": [{"name": "stripping-rate@0.9", "stages": [
           [{"total": 0.9}, {"total": 0.9}],
           [{"total": 0.25, "label:x": 1.0}, {"total": 0.75}]]}]}
        """);
    assertEquals(
        Map.of("acc.final", 0.625, "stripping-rate@0.9/total", 0.5, "routing-accuracy", 0.75),
        RunRecord.read(folder).orElseThrow().metrics());
  }
}
