package org.continuo.core.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.ValidationMessage;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigRenderOptions;
import java.io.IOException;
import java.util.List;
import org.continuo.api.learning.Head;
import org.continuo.api.plugin.Plugin.NoOptions;
import org.continuo.core.plugin.PluginRegistry;
import org.continuo.core.testing.MadeUp;
import org.junit.jupiter.api.Test;

/** The schema takes what the program takes, by the word of a validator. */
class ExperimentSchemaTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private static final JsonNode SCHEMA = JSON.valueToTree(ExperimentSchema.of(MadeUp.registry()));

  private static List<String> problems(String hocon) throws IOException {
    JsonSchema schema = JsonSchemaFactory.getInstance(VersionFlag.V202012).getSchema(SCHEMA);
    JsonNode file =
        JSON.readTree(
            ConfigFactory.parseString(hocon)
                .resolve()
                .root()
                .render(ConfigRenderOptions.concise()));
    return schema.validate(file).stream().map(ValidationMessage::getMessage).sorted().toList();
  }

  private static String file(String strategy) {
    return """
    experiment {
      name = 7
      backbone { type = glass, checkpoint = c, layers = 4, precision = bfloat-16 }
      stream { type = shelf, root = r, order = [x], weights { x = 0.5 }, train-limit = 3 }
      strategy = %s
      training { epochs = 0.5, learning-rate = 2e-4, schedule = cosine }
    }
    """
        .formatted(strategy);
  }

  @Test
  void isASchema() {
    JsonSchema meta =
        JsonSchemaFactory.getInstance(VersionFlag.V202012)
            .getSchema(java.net.URI.create("https://json-schema.org/draft/2020-12/schema"));
    assertEquals(List.of(), List.copyOf(meta.validate(SCHEMA)));
  }

  @Test
  void takesWhatTheProgramTakes() throws IOException {
    for (String strategy :
        List.of(
            "drift",
            "{ lambda = 2 }",
            "{ type = drift, ramp { to = 3 }, with = [still, { type = drift, mean = true }] }",
            "{ type = drift, expert = wide, ramps { a { from = 0 } } }",
            "{ type = still, expert { rank = 2 }, second { type = wide, factor = 2 } }",
            "{ type = still, expert = thin }")) {
      assertEquals(List.of(), problems(file(strategy)), strategy);
    }
  }

  @Test
  void refusesWhatTheProgramRefuses() throws IOException {
    for (String strategy :
        List.of(
            "dritf",
            "{ type = dritf }",
            "{ type = drift, lamda = 2 }",
            "{ lamda = 2 }",
            "{ type = drift, lambda = -1 }",
            "{ type = drift, lambda = much }",
            "{ type = drift, with = [{ type = thin }] }",
            "{ type = drift, ramps { a { form = 0 } } }",
            "{ type = still, expert = wide }",
            "{ type = still, expert { type = thin, rank = 0 } }",
            "{ type = still, expert { factor = 1 } }",
            "3")) {
      assertTrue(!problems(file(strategy)).isEmpty(), strategy);
    }
  }

  @Test
  void refusesElsewhereToo() throws IOException {
    String valid = file("drift");
    for (String change :
        List.of(
            "experiment.trainign = {}",
            "training = {}",
            "experiment.training.schedule = sometimes",
            "experiment.training.batch-size = 0",
            "experiment.training.batch-size = 1.5",
            "experiment.backbone.layers = 97",
            "experiment.stream.order = []",
            "experiment.stream.weights.x = 1.5",
            "experiment.stream.form = xml",
            "experiment.stream = shelf2")) {
      assertTrue(!problems(valid + change).isEmpty(), change);
    }
    assertEquals(
        List.of("$.experiment.backbone: required property 'checkpoint' not found"),
        problems("experiment { backbone { type = glass }, stream { type = shelf, root = r } }"));
    assertTrue(!problems("experiment { backbone { layers = 3 } }").isEmpty(), "no type");
  }

  record Undescribed(int number) {}

  @Test
  void aPluginWithoutProperOptionsCostsTheOthersNothing() {
    JsonNode schema =
        JSON.valueToTree(
            ExperimentSchema.of(
                PluginRegistry.of(
                    List.of(
                        MadeUp.simple(
                            "odd",
                            Head.Factory.class,
                            Undescribed.class,
                            o -> new MadeUp.PlainFactory()),
                        MadeUp.simple(
                            "plain",
                            Head.Factory.class,
                            NoOptions.class,
                            o -> new MadeUp.PlainFactory())))));
    assertEquals(
        "{\"title\":\"head 'odd'\",\"description\":\"odd for tests\",\"type\":\"object\"}",
        schema.at("/$defs/head.odd").toString());
    assertEquals("plain", schema.at("/$defs/head.plain/properties/type/const").asText());
  }

  @Test
  void saysWhatAnOptionIs() {
    JsonNode batchSize =
        SCHEMA.at("/properties/experiment/properties/training/properties/batch-size");
    assertEquals(
        "{\"description\":\"rows of one forward pass (examples)\",\"default\":8,\"type\":\"integer\",\"minimum\":1}",
        batchSize.toString());
    assertEquals(
        "pull towards earlier weights", SCHEMA.at("/$defs/strategy.drift/description").asText());
  }
}
