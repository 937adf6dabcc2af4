package org.continuo.core.run;

import java.io.IOException;
import java.util.Optional;
import java.util.stream.Stream;
import org.continuo.core.files.FileErrors;

/** What people are told of a failure: the cause and, where the program knows one, the way out. */
public final class Reason {
  private static final long SMALLEST_ADVICE_MIB = 512;

  private Reason() {}

  /** One line, whatever failed. */
  public static String of(Throwable failure) {
    return shortage(failure).orElseGet(() -> plain(failure));
  }

  /** Memory of one kind or another has run out; looked for among the causes too. */
  private static Optional<String> shortage(Throwable failure) {
    return Stream.iterate(Optional.of(failure), each -> each.map(Throwable::getCause))
        .takeWhile(Optional::isPresent)
        .flatMap(Optional::stream)
        .limit(32) // causes may form a circle
        .flatMap(
            each ->
                each instanceof OutOfMemoryError
                    ? Stream.of(outOf(String.valueOf(each.getMessage())))
                    : each instanceof StackOverflowError
                        ? Stream.of(
                            "out of stack: something is nested too deeply; look for an input that is, or give more: CONTINUO_JAVA_OPTS=-Xss64m")
                        : Stream.of())
        .findFirst();
  }

  /**
   * @param what the JVM says has run out: its heap unless it names something else
   */
  private static String outOf(String what) {
    if (what.contains("native thread")) {
      return "out of threads: the system gives this user no more; end other processes, or raise the limit (ulimit -u)";
    }
    if (what.contains("Metaspace") || what.contains("class space")) {
      return "out of memory for classes (%s); give more: CONTINUO_JAVA_OPTS=-XX:MaxMetaspaceSize=512m"
          .formatted(what);
    }
    long found = Runtime.getRuntime().maxMemory() >> 20;
    return "out of memory: found %d MiB of Java heap at most, all of it in use; give more and start again: CONTINUO_JAVA_OPTS=-Xmx%dm"
        .formatted(found, Math.max(SMALLEST_ADVICE_MIB, 2 * found));
  }

  private static String plain(Throwable failure) {
    String message =
        Optional.ofNullable(failure.getMessage())
            .orElseGet(() -> failure.getClass().getSimpleName() + " without a message");
    if (failure instanceof IOException e) {
      return FileErrors.explain(e);
    }
    Optional<String> file = FileErrors.behind(failure).filter(why -> !message.contains(why));
    if (file.isPresent()) {
      return message + ": " + file.get();
    }
    int frames = message.indexOf("\nException raised from "); // frames of PyTorch
    return frames < 0 ? message : message.substring(0, frames);
  }
}
