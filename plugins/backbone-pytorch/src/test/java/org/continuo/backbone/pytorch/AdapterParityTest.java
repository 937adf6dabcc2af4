package org.continuo.backbone.pytorch;

import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.List;
import java.util.Map;
import org.continuo.api.data.Batch;
import org.continuo.api.model.Backbone;
import org.continuo.api.model.Mixture;
import org.continuo.api.model.Projection;
import org.continuo.api.model.Request;
import org.continuo.api.model.Router;
import org.continuo.api.model.Site;
import org.continuo.api.model.Wiring;
import org.continuo.checkpoints.safetensors.SafetensorsFile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Adapters made by the original library give the logits it computed with them. */
class AdapterParityTest {
  private static final Map<String, String> PEFT_NAMES =
      Map.of(
          "query", "self_attn.q_proj",
          "value", "self_attn.v_proj",
          "gate", "mlp.gate_proj",
          "up", "mlp.up_proj",
          "down", "mlp.down_proj");

  private final ParameterStore store = new ParameterStore();

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void attentionAdapterAtLinearSites() {
    Backbone llama = Fixtures.load(Fixtures.folder("llama"), store);
    List<Site> sites = llama.linear(List.of(Projection.QUERY, Projection.VALUE));
    check(
        llama,
        "peft-lora-attn",
        Wiring.of(Mixture.sum(List.of(adapter("peft-lora-attn", sites, 4, 2)))));
  }

  @Test
  void feedForwardAdapterAtLinearSites() {
    Backbone llama = Fixtures.load(Fixtures.folder("llama"), store);
    List<Site> sites = llama.linear(List.of(Projection.GATE, Projection.UP, Projection.DOWN));
    check(
        llama,
        "peft-lora-mlp",
        Wiring.of(Mixture.sum(List.of(adapter("peft-lora-mlp", sites, 8, 2)))));
  }

  @Test
  void feedForwardAdapterAsTheOnlyExpertOfABlock() {
    Backbone llama = Fixtures.load(Fixtures.folder("llama"), store);
    TestLora adapter =
        adapter(
            "peft-lora-mlp",
            llama.linear(List.of(Projection.GATE, Projection.UP, Projection.DOWN)),
            8,
            2);
    List<Site> blocks = llama.sites(Site.Kind.FEED_FORWARD);
    check(
        llama,
        "peft-lora-mlp",
        Wiring.of(new Mixture(blocks, List.of(adapter), Router.Constant.sum(1))));
  }

  @Test
  void twoHalvesOfAFusedBlockMakeTheWholeAdapter() {
    Backbone llama = Fixtures.load(Fixtures.folder("llama"), store);
    TestLora adapter =
        adapter(
            "peft-lora-mlp",
            llama.linear(List.of(Projection.GATE, Projection.UP, Projection.DOWN)),
            8,
            2);
    List<Site> blocks = llama.sites(Site.Kind.FEED_FORWARD);
    check(
        llama,
        "peft-lora-mlp",
        Wiring.of(
            new Mixture(
                blocks, List.of(adapter, adapter), new Router.Constant(List.of(0.25, 0.75)))));
  }

  private TestLora adapter(String name, List<Site> sites, int rank, double scale) {
    SafetensorsFile file =
        SafetensorsFile.open(Fixtures.folder(name).resolve("adapter_model.safetensors"));
    TestLora lora =
        TestLora.of(name, sites, rank, scale, store, (manager, shape) -> manager.zeros(shape));
    for (Site site : sites) {
      String stem =
          "base_model.model.model.layers.%d.%s.lora_"
              .formatted(site.layer(), PEFT_NAMES.get(site.part()));
      file.load(stem + "A.weight", store.manager()).copyTo(lora.a(site).value());
      file.load(stem + "B.weight", store.manager()).copyTo(lora.b(site).value());
    }
    return lora;
  }

  private void check(Backbone llama, String name, Wiring wiring) {
    Fixtures.Expected expected = new Fixtures.Expected(Fixtures.folder(name));
    Map<String, Float> adapted = worst(llama, wiring, expected);
    adapted.forEach((what, worst) -> assertTrue(worst < 1e-4, what + " differs by " + worst));
    worst(llama, Wiring.NONE, expected)
        .forEach((what, worst) -> assertTrue(worst > 1e-2, "the adapter does nothing: " + what));
  }

  private Map<String, Float> worst(Backbone llama, Wiring wiring, Fixtures.Expected expected) {
    try (NDManager scope = store.manager().newSubManager()) {
      Batch batch =
          Fixtures.batch(
              Fixtures.sentences().stream().map(llama.tokenizer()::encode).toList(), scope);
      Request all = new Request(wiring, Request.Positions.ALL, List.of(), false);
      NDArray hidden = llama.prepare(all).forward(batch).hidden().orElseThrow();
      NDArray logits = llama.languageModel().orElseThrow().logits(hidden);
      return Map.of(
          "last_hidden_state", expected.worst("last_hidden_state", hidden, batch, scope),
          "logits", expected.worst("logits", logits, batch, scope));
    }
  }
}
