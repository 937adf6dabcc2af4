package org.continuo.suite.run;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** How many runs this machine can carry at once. */
final class Machine {
  private static final Path MEMORY = Path.of("/proc/meminfo");
  private static final String AVAILABLE = "MemAvailable:";

  private Machine() {}

  /**
   * @param bytesEach what one run takes at its peak
   * @param runs no more workers than there is work
   */
  static int workers(long bytesEach, int runs) {
    int cores = Runtime.getRuntime().availableProcessors() / WorkerCommand.threads();
    long memory = availableBytes() / Math.max(1, bytesEach);
    return (int) Math.max(1, Math.min(Math.min(cores, memory), runs));
  }

  /** What can be had without swapping; files that are cached count as free. */
  private static long availableBytes() {
    try (Stream<String> lines = Files.lines(MEMORY)) {
      return lines
          .filter(line -> line.startsWith(AVAILABLE))
          .map(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) * 1024)
          .findFirst()
          .orElseGet(Machine::freeBytes);
    } catch (IOException notLinux) {
      return freeBytes();
    }
  }

  private static long freeBytes() {
    return ManagementFactory.getOperatingSystemMXBean()
            instanceof com.sun.management.OperatingSystemMXBean system
        ? system.getFreeMemorySize()
        : Runtime.getRuntime().maxMemory();
  }
}
