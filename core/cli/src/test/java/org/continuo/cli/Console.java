package org.continuo.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.continuo.core.plugin.PluginRegistry;
import org.continuo.core.testing.MadeUp;
import picocli.CommandLine;

/** A command line whose output is kept. */
final class Console {
  /** An experiment of made-up parts. */
  static final String EXPERIMENT =
      "experiment { backbone { type = glass, checkpoint = c }, stream { type = shelf, root = r } }";

  private Console() {}

  record Outcome(int status, String out, String err) {}

  static Outcome run(Supplier<PluginRegistry> plugins, String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine line = Main.commandLine(plugins);
    line.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
    int status = line.execute(arguments);
    return new Outcome(status, text(out), text(err));
  }

  private static String text(StringWriter writer) {
    return writer.toString().replace(System.lineSeparator(), "\n");
  }

  static Outcome run(String... arguments) {
    return run(MadeUp::registry, arguments);
  }

  /** A command that fails is as good as any to see how failures end. */
  static Outcome failing(RuntimeException failure, String... more) {
    String[] arguments =
        Stream.concat(Stream.of("plugins", "list"), Stream.of(more)).toArray(String[]::new);
    return run(
        () -> {
          throw failure;
        },
        arguments);
  }
}
