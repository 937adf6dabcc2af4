package org.continuo.models;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.spi.ToolProvider;
import org.continuo.api.data.DataException;

/** Artifacts as the user's Maven would fetch them. */
final class MavenRepository {
  /** A tool on the class path: the jars of Maven cannot be modules. */
  private static final String TOOL = "maven-artifact";

  private MavenRepository() {}

  /**
   * The file of an artifact in the local repository, fetched if it is not there.
   *
   * @param what it is for, as a message begins
   * @throws DataException if it cannot be had
   */
  static Path file(String coordinates, String what) {
    ToolProvider tool =
        ToolProvider.findFirst(TOOL)
            .orElseThrow(
                () ->
                    new IllegalStateException(
                        "no tool '%s' on the class path; start Continuo by its launcher"
                            .formatted(TOOL)));
    StringWriter answer = new StringWriter();
    PrintWriter progress = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
    List<String> arguments =
        Offline.wanted() ? List.of(coordinates, "offline") : List.of(coordinates);
    int status = tool.run(new PrintWriter(answer), progress, arguments.toArray(new String[0]));
    if (status != 0) {
      throw new DataException(
          "%s: could not fetch the Maven artifact %s: %s; %s"
              .formatted(
                  what,
                  coordinates,
                  answer.toString().strip().replaceFirst("\\.$", ""),
                  Offline.wanted()
                      ? "unset " + Offline.VARIABLE + " once, with network"
                      : "check the network and the mirrors in your Maven settings"));
    }
    return Path.of(answer.toString().strip());
  }
}
