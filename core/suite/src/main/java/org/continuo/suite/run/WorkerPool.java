package org.continuo.suite.run;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.continuo.core.run.Progress;
import org.continuo.core.train.Interruption;
import org.continuo.results.SuiteResults.RunStanding;
import org.continuo.suite.ResolvedRun;
import org.continuo.suite.result.RunOutcome;

/** Makes runs side by side, each in a process of its own. */
final class WorkerPool {
  /** An interrupted worker ends after its step; the shutdown of this process waits 60 seconds. */
  private static final long PATIENCE_SECONDS = 45;

  private static final long POLL_MILLIS = 100;

  private final SuiteFolder folder;
  private final WorkerCommand command;
  private final int size;
  private final Interruption interruption;
  private final Progress progress;
  private final Set<String> triedAgain = new HashSet<>();

  /**
   * @param size workers at once, at least 1
   */
  WorkerPool(
      SuiteFolder folder,
      WorkerCommand command,
      int size,
      Interruption interruption,
      Progress progress) {
    this.folder = folder;
    this.command = command;
    this.size = size;
    this.interruption = interruption;
    this.progress = progress;
  }

  /**
   * Makes all of them, and keeps those that complete.
   *
   * @param what they are, for the progress
   * @return how they stand, by hash; after an interruption those that did not end are missing
   */
  Map<String, RunOutcome> make(String what, Collection<ResolvedRun> runs) throws IOException {
    Map<String, RunOutcome> states = new LinkedHashMap<>();
    runs.forEach(run -> states.put(run.hash(), RunOutcome.MISSING));
    Deque<ResolvedRun> waiting = new ArrayDeque<>(runs);
    List<Worker> active = new ArrayList<>();
    progress.start(what, runs.size());
    try {
      while (!interruption.requested() && !(waiting.isEmpty() && active.isEmpty())) {
        while (active.size() < size && !waiting.isEmpty()) {
          ResolvedRun run = waiting.remove();
          active.add(Worker.start(run, folder.begin(run.hash()), command));
        }
        TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
        for (Worker worker : List.copyOf(active)) {
          if (worker.ended()) {
            active.remove(worker);
            if (again(worker)) {
              waiting.addFirst(worker.run());
            } else {
              states.put(worker.run().hash(), settle(worker));
              progress.step(worker.run().label());
            }
          }
        }
      }
      active.forEach(Worker::stop);
      for (Worker worker : active) {
        worker.end(PATIENCE_SECONDS);
        states.put(worker.run().hash(), settle(worker));
      }
      active.clear();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      active.forEach(Worker::stop);
      progress.close();
    }
    return states;
  }

  /**
   * Whether a run is to be made once more: its process was ended from outside, for the first time,
   * while the suite goes on. It goes on from its checkpoint, if it has one.
   */
  private boolean again(Worker worker) throws IOException, InterruptedException {
    boolean outside = worker.killed() || worker.state().status() == RunStanding.MISSING;
    if (!outside || interruptedToo() || !triedAgain.add(worker.run().hash())) {
      return false;
    }
    folder.leave(worker.work());
    progress.say("ended from outside, started once more: " + worker.run().label());
    return true;
  }

  private RunOutcome settle(Worker worker) throws IOException, InterruptedException {
    RunOutcome state = worker.state();
    String hash = worker.run().hash();
    switch (state.status()) {
      case COMPLETED -> folder.keep(worker.work(), hash);
      case FAILED -> {
        folder.keepFailed(worker.work(), hash);
        progress.say("failed: %s: %s".formatted(worker.run().label(), state.message().orElse("")));
      }
      case MISSING -> {
        folder.leave(worker.work());
        state = aloneInterrupted();
      }
    }
    return state;
  }

  private RunOutcome aloneInterrupted() throws InterruptedException {
    return interruptedToo()
        ? RunOutcome.MISSING
        : RunOutcome.failed("its process was interrupted from outside; start the suite again");
  }

  /** Ctrl-C reaches workers too, and they may be faster. */
  private boolean interruptedToo() throws InterruptedException {
    for (int i = 0; i < 20 && !interruption.requested(); i++) {
      Thread.sleep(100);
    }
    return interruption.requested();
  }
}
