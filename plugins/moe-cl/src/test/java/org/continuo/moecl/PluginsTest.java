package org.continuo.moecl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.continuo.api.plugin.Capability;
import org.continuo.testkit.TinyRun;
import org.junit.jupiter.api.Test;

/** What an experiment file may say of MoE-CL. */
class PluginsTest {
  private static TinyRun read(String strategy) {
    return MoeClRun.of(Path.of("model"), TestTasks.three(), "strategy {" + strategy + "}");
  }

  private static String problem(String strategy) {
    return String.join("\n", read(strategy).problems());
  }

  @Test
  void theNameAloneIsTheBoundedForm() {
    String text = read("type = moe-cl").resolved();
    for (String line :
        List.of("mode=improved", "weight=0.1", "objective=confusion", "reach=detached", "rank=8")) {
      assertTrue(flat(text).contains(line), line + " in " + text);
    }
  }

  @Test
  void thePaperIsOneWord() {
    String text = read("type = moe-cl, mode = paper").resolved();
    for (String line :
        List.of("mode=paper", "weight=0.1", "objective=reversal", "reach=through", "rank=8")) {
      assertTrue(flat(text).contains(line), line + " in " + text);
    }
  }

  @Test
  void aModeSetsWhatTheFileLeavesOut() {
    String text = read("type = moe-cl, mode = reference, adversary { weight = 0.5 }").resolved();
    for (String line :
        List.of("loss=published", "weight=0.5", "dropout=0.05", "classes=announced")) {
      assertTrue(flat(text).contains(line), line + " in " + text);
    }
  }

  @Test
  void theAblationIsOneWord() {
    String text = flat(read("type = moe-cl, mode = reference, adversary = none").resolved());
    assertTrue(text.contains("adversary{type=none}"), text);
    assertTrue(text.contains("mode=reference"), text);
  }

  private static String flat(String text) {
    return text.replaceAll("[\\s\"]+", "");
  }

  @Test
  void whatIsResolvedReadsBackAsTheSame() {
    String text = read("type = moe-cl, mode = improved, router = fixed").resolved();
    String block = text.substring(text.indexOf('{') + 1, text.lastIndexOf('}'));
    assertEquals(text, MoeClRun.of(TestTasks.three()).with(block).resolved());
  }

  @Test
  void pastDataIsNeededByReplayedLabelsAlone() {
    Set<Capability> published = read("type = moe-cl, mode = paper").needs();
    Set<Capability> improved = read("type = moe-cl").needs();
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
