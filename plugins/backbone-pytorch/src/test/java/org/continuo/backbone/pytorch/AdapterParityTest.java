package org.continuo.backbone.pytorch;

import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.nio.file.Path;
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
    Path folder = Fixtures.folder(name);
    try (NDManager scope = store.manager().newSubManager()) {
      List<long[]> rows =
          new Fixtures.Expected(Fixtures.folder("llama"))
              .sentences().stream().map(llama.tokenizer()::encode).toList();
      Batch batch = Fixtures.batch(rows, scope);
      NDArray expected = new Fixtures.Expected(folder).floats("logits", scope);
      float adapted = worst(llama, wiring, batch, expected);
      assertTrue(adapted < 1e-4, name + " differs by " + adapted);
      assertTrue(worst(llama, Wiring.NONE, batch, expected) > 1e-2, "the adapter does nothing");
    }
  }

  private static float worst(Backbone llama, Wiring wiring, Batch batch, NDArray expected) {
    Request all = new Request(wiring, Request.Positions.ALL, List.of(), false);
    NDArray hidden = llama.prepare(all).forward(batch).hidden().orElseThrow();
    NDArray logits = llama.languageModel().orElseThrow().logits(hidden);
    return logits
        .reshape(expected.getShape())
        .sub(expected)
        .mul(batch.mask().expandDims(2))
        .abs()
        .max()
        .getFloat();
  }
}
