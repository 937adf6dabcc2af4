package org.continuo.suite.run;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Starts this very program once more: same Java, same options, same libraries.
 *
 * <p>Every worker computes with one thread unless the JVM was given another number: the last bits
 * of a sum depend on it, and a suite's numbers may not depend on how many workers it had.
 *
 * @param plugins folders of plugins that were given to this program
 */
record WorkerCommand(List<Path> plugins) {
  /** The number of threads that DJL's engines read; set for all of them. */
  private static final String THREADS = "ai.djl.pytorch.num_threads";

  /** What the JVM says it was started with. */
  private static final String MODULE = "jdk.module.main";

  private static final String CLASS = "jdk.module.main.class";

  /** Options that name a place, given again below, or that are meant for a person's terminal. */
  private static final List<String> OWN =
      List.of("--module-path=", "-Djava.class.path=", "-Dcontinuo.terminal=", "-D" + THREADS + "=");

  /** Threads of one worker. */
  static int threads() {
    return Integer.getInteger(THREADS, 1);
  }

  /** Has this process compute as workers do, so that what it measures holds for them. */
  static void computeAlike() {
    System.setProperty(THREADS, String.valueOf(threads()));
  }

  List<String> of(List<String> arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(argument -> OWN.stream().noneMatch(argument::startsWith))
        .forEach(command::add);
    command.add("-D" + THREADS + "=" + threads());
    String modulePath = System.getProperty("jdk.module.path", "");
    if (!modulePath.isEmpty()) {
      command.addAll(List.of("--module-path", modulePath));
    }
    command.addAll(List.of("--class-path", System.getProperty("java.class.path", "")));
    command.addAll(
        List.of("--module", System.getProperty(MODULE) + "/" + System.getProperty(CLASS)));
    command.addAll(arguments);
    plugins.forEach(place -> command.addAll(List.of("--plugins", place.toString())));
    return List.copyOf(command);
  }
}
