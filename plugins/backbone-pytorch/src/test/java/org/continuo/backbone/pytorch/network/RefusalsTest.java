package org.continuo.backbone.pytorch.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Optional;
import org.continuo.api.model.Capture;
import org.continuo.api.model.Mixture;
import org.continuo.api.model.Projection;
import org.continuo.api.model.Request;
import org.continuo.api.model.Router;
import org.continuo.api.model.Site;
import org.continuo.api.model.Wiring;
import org.continuo.backbone.pytorch.Fixtures;
import org.continuo.backbone.pytorch.ParameterStore;
import org.continuo.backbone.pytorch.TestLora;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RefusalsTest {
  private final ParameterStore store = new ParameterStore();
  private TransformerBackbone llama;
  private List<Site> blocks;

  @BeforeEach
  void load() {
    llama = Fixtures.load(Fixtures.folder("llama"), store);
    blocks = llama.sites(Site.Kind.FEED_FORWARD);
  }

  @AfterEach
  void close() {
    assertEquals(0, store.allocated(), "nothing was read to refuse");
    store.close();
  }

  @Test
  void namesAllThatIsWrongWithAWiring() {
    Site unknown = new Site("layers.0.attention.gate", 0, Site.Kind.LINEAR, 64, 64);
    Site wider = new Site("layers.0.attention.query", 0, Site.Kind.LINEAR, 128, 64);
    TestLora everywhere = lora("everywhere", llama.sites(Site.Kind.LINEAR));
    TestLora up = lora("up", llama.linear(List.of(Projection.UP)));
    Router one = Router.Constant.sum(1);
    Wiring wiring =
        new Wiring(
            List.of(
                new Mixture(List.of(unknown), List.of(up), one),
                new Mixture(List.of(wider), List.of(up), one),
                new Mixture(llama.sites(Site.Kind.LAYER), List.of(up), one),
                new Mixture(blocks.subList(0, 1), List.of(everywhere), one),
                new Mixture(blocks.subList(0, 1), List.of(up), one)),
            List.of(TestPrompts.random(blocks.get(0), 2, store)));
    assertEquals(
        List.of(
            "a mixture at unknown site 'layers.0.attention.gate'; available: [embeddings, layers.N.prefix, layers.N.attention.query, layers.N.attention.key, layers.N.attention.value, layers.N.attention.output, layers.N.feed-forward, layers.N.feed-forward.gate, layers.N.feed-forward.up, layers.N.feed-forward.down, layers.N, output]",
            "a mixture at site 'layers.0.attention.query' of another backbone: widths, layer or kind differ (Site[name=layers.0.attention.query, layer=0, kind=LINEAR, in=128, out=64])",
            "a mixture at site 'layers.0' of kind LAYER: experts attach at LINEAR, FEED_FORWARD and OUTPUT sites",
            "a mixture at site 'layers.1' of kind LAYER: experts attach at LINEAR, FEED_FORWARD and OUTPUT sites",
            "a mixture at site 'layers.2' of kind LAYER: experts attach at LINEAR, FEED_FORWARD and OUTPUT sites",
            "two mixtures at site 'layers.0.feed-forward': put their experts into one mixture",
            "expert 'everywhere' of a block mixture holds site 'layers.0.attention.query', which lies in none of its blocks: make the expert with sites inside the blocks, or add a mixture for that site",
            "prompts at site 'layers.0.feed-forward' of kind FEED_FORWARD: expected EMBEDDING or PREFIX"),
        llama.refusals(Request.of(wiring)));
  }

  @Test
  void namesAllThatIsWrongWithCaptures() {
    TestLora mixed =
        lora("mixed", llama.linear(List.of(Projection.GATE, Projection.UP, Projection.DOWN)));
    TestLora other = lora("other", llama.linear(List.of(Projection.UP)));
    TestLora inner = lora("inner", llama.linear(List.of(Projection.DOWN)));
    Wiring wiring =
        Wiring.of(
            new Mixture(blocks, List.of(mixed), Router.Constant.sum(1)),
            Mixture.sum(List.of(inner)));
    List<Site> first = blocks.subList(0, 1);
    List<Site> query = llama.linear(List.of(Projection.QUERY)).subList(0, 1);
    Request request =
        Request.of(wiring)
            .capturing(
                List.of(
                    Capture.of(
                        Capture.What.INPUT, llama.sites(Site.Kind.EMBEDDING), Capture.Pool.NONE),
                    Capture.of(
                        Capture.What.OUTPUT,
                        llama.linear(List.of(Projection.GATE)).subList(0, 1),
                        Capture.Pool.NONE),
                    Capture.of(
                        Capture.What.INPUT,
                        llama.linear(List.of(Projection.DOWN)).subList(0, 1),
                        Capture.Pool.NONE),
                    Capture.of(
                        Capture.What.INPUT,
                        llama.linear(List.of(Projection.UP)),
                        Capture.Pool.NONE),
                    Capture.of(Capture.What.ROUTING, query, Capture.Pool.NONE),
                    Capture.of(
                        Capture.What.OUTPUT,
                        llama.sites(Site.Kind.PREFIX).subList(0, 1),
                        Capture.Pool.NONE),
                    Capture.pooled(other, first),
                    Capture.pooled(mixed, query),
                    Capture.pooledIsolated(mixed, first),
                    new Capture(
                        Capture.What.OUTPUT, first, Optional.empty(), Capture.Pool.NONE, true)));
    assertEquals(
        List.of(
            "a capture of INPUT at site 'embeddings': the embeddings read token ids; capture their OUTPUT",
            "a capture of OUTPUT at site 'layers.0.feed-forward.gate': it differs from expert to expert of the mixed block 'layers.0.feed-forward'; capture EXPERT_OUTPUT there",
            "a capture of INPUT at site 'layers.0.feed-forward.down': it differs from expert to expert of the mixed block 'layers.0.feed-forward'; capture EXPERT_OUTPUT there",
            "a capture of ROUTING at site 'layers.0.attention.query': no mixture is attached there",
            "a capture of OUTPUT at site 'layers.0.prefix': a prefix has no states of its own; capture the attention projections",
            "a capture of EXPERT_OUTPUT at site 'layers.0.feed-forward': expert 'other' is not in its mixture; found [mixed]",
            "a capture of EXPERT_OUTPUT at site 'layers.0.attention.query': no feed-forward block is mixed there",
            "a capture of EXPERT_OUTPUT at site 'layers.0.feed-forward': it cannot be isolated while a mixture is attached inside the block, at 'layers.0.feed-forward.down'",
            "an isolated capture of OUTPUT: only EXPERT_OUTPUT can be isolated"),
        llama.refusals(request));
  }

  @Test
  void preparingThrowsWithTheReasons() {
    TestLora up = lora("up", llama.linear(List.of(Projection.UP)));
    Wiring wiring =
        Wiring.of(
            new Mixture(llama.sites(Site.Kind.EMBEDDING), List.of(up), Router.Constant.sum(1)));
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> llama.prepare(Request.of(wiring)));
    assertEquals(
        """
        the backbone cannot answer:
        a mixture at site 'embeddings' of kind EMBEDDING: experts attach at LINEAR, FEED_FORWARD and OUTPUT sites""",
        e.getMessage());
  }

  private TestLora lora(String name, List<Site> sites) {
    return TestLora.random(name, sites, 2, 1, store);
  }
}
