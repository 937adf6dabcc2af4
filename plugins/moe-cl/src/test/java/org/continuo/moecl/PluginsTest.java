package org.continuo.moecl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.continuo.api.plugin.Capability;
import org.continuo.core.config.Bound;
import org.continuo.core.config.ExperimentFile;
import org.continuo.core.config.InvalidInput;
import org.continuo.core.experiment.Experiment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an experiment file may say of MoE-CL. */
class PluginsTest {
  @TempDir private Path temporary;

  private Bound<Experiment> read(String strategy) throws Exception {
    Path file = temporary.resolve("experiment.conf");
    Files.writeString(
        file,
        "experiment { backbone { type = pytorch, checkpoint = \"embedded:tiny\" }, stream = test, strategy {"
            + strategy
            + " } }");
    return ExperimentFile.read(file, List.of(), Laboratory.registry(TestTasks.three()));
  }

  private String problem(String strategy) {
    return assertThrows(InvalidInput.class, () -> read(strategy)).getMessage();
  }

  @Test
  void theNameAloneIsThePaper() throws Exception {
    String text = read("type = moe-cl").text();
    for (String line :
        List.of("mode=paper", "weight=0.1", "objective=reversal", "reach=through", "rank=8")) {
      assertTrue(flat(text).contains(line), line + " in " + text);
    }
  }

  @Test
  void aModeSetsWhatTheFileLeavesOut() throws Exception {
    String text = read("type = moe-cl, mode = reference, adversary { weight = 0.5 }").text();
    for (String line :
        List.of("loss=published", "weight=0.5", "dropout=0.05", "classes=announced")) {
      assertTrue(flat(text).contains(line), line + " in " + text);
    }
  }

  @Test
  void theAblationIsOneWord() throws Exception {
    String text = flat(read("type = moe-cl, mode = reference, adversary = none").text());
    assertTrue(text.contains("adversary{type=none}"), text);
    assertTrue(text.contains("mode=reference"), text);
  }

  private static String flat(String text) {
    return text.replaceAll("[\\s\"]+", "");
  }

  @Test
  void whatIsResolvedReadsBackAsTheSame() throws Exception {
    Bound<Experiment> first = read("type = moe-cl, mode = improved, router = fixed");
    Path again = temporary.resolve("again.conf");
    Files.writeString(again, first.text());
    assertEquals(
        first.text(),
        ExperimentFile.read(again, List.of(), Laboratory.registry(TestTasks.three())).text());
  }

  @Test
  void pastDataIsNeededByReplayedLabelsAlone() throws Exception {
    Set<Capability> published = new TreeSet<>();
    read("type = moe-cl").choices().forEach(choice -> published.addAll(Laboratory.needs(choice)));
    Set<Capability> improved = new TreeSet<>();
    read("type = moe-cl, mode = improved")
        .choices()
        .forEach(choice -> improved.addAll(Laboratory.needs(choice)));
    assertEquals(
        Set.of(Capability.GRADIENTS, Capability.LINEAR_SITES, Capability.BLOCK_MIXING), published);
    improved.removeAll(published);
    assertEquals(Set.of(Capability.PAST_DATA), improved);
  }

  @Test
  void expertsOutsideTheBlocksAloneAreRefused() {
    String message = problem("type = moe-cl, sites = [query, value]");
    assertTrue(
        message.contains(
            "sites = [query, value] lies outside the feed-forward blocks, which are what is mixed;"
                + " expected at least one of gate, up and down; add one"),
        message);
  }

  @Test
  void anUnknownModeListsThoseThereAre() {
    String message = problem("type = moe-cl, mode = papper");
    assertTrue(message.contains("found 'papper'"), message);
    assertTrue(
        message.contains("available: reference, paper, improved; did you mean 'paper'?"), message);
  }
}
