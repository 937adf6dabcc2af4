package org.continuo.backbone.onnx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.continuo.api.data.DataException;
import org.continuo.api.model.Backbone;
import org.continuo.api.model.Capture;
import org.continuo.api.model.Expert;
import org.continuo.api.model.Mixture;
import org.continuo.api.model.Request;
import org.continuo.api.model.Router;
import org.continuo.api.model.Site;
import org.continuo.api.model.Wiring;
import org.continuo.backbone.onnx.testing.BertExport.Variant;
import org.continuo.backbone.onnx.testing.OnnxWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is not taken, and what is said of it. */
class ProblemsTest {
  @TempDir private Path folder;

  private static List<String> problems(OnnxBackbonePlugin.Options options) {
    return assertThrows(DataException.class, () -> Models.load(options)).problems();
  }

  /** A model of one node that gives what it is fed, widened to one column. */
  private Path model(OnnxWriter graph) throws IOException {
    Path made = Models.folder(folder.resolve("m"));
    graph.write(made.resolve("model.onnx"));
    return made;
  }

  private static OnnxWriter graph() {
    return new OnnxWriter(Optional.empty());
  }

  private static String cast(OnnxWriter graph) {
    graph.input("input_ids", OnnxWriter.Type.INT64, "batch", "sequence");
    String column = graph.node("Unsqueeze", "input_ids", graph.integers(2));
    return graph.node("Cast", Map.of("to", 1), column);
  }

  @Test
  void namesTheModelsOfAFolderWithSeveral() throws IOException {
    Path made = Models.folder(folder.resolve("m"));
    Files.createDirectories(made.resolve("onnx"));
    Files.copy(made.resolve("model.onnx"), made.resolve("onnx/model_quantized.onnx"));
    assertEquals(
        List.of(
            "checkpoint '%s': found [model.onnx, onnx/model_quantized.onnx], expected one model; choose with file = 'model.onnx'"
                .formatted(made)),
        problems(Models.options(made)));
  }

  @Test
  void aConfigurationThatIsNoJsonIsToldThoughTheGraphKnowsItsSizes() throws IOException {
    Path made = Models.folder(folder.resolve("m"));
    Files.writeString(made.resolve("config.json"), "{\"model_type\": ");
    List<String> problems = problems(Models.options(made));
    assertTrue(
        problems.get(0).startsWith(made.resolve("config.json") + ": cannot be read as JSON ("),
        problems.toString());
    assertTrue(problems.get(0).endsWith("copy it again"), problems.toString());
  }

  @Test
  void asksHowStatesAreReadWhereNothingTellsIt() throws IOException {
    Path made = Models.folder(folder.resolve("m"));
    Path config = made.resolve("config.json");
    Files.writeString(config, Files.readString(config).replaceFirst("\"bert\"", "\"another\""));
    assertEquals(
        List.of(
            made.resolve("model.onnx")
                + ": nothing tells how its hidden states are read: found model_type 'another',"
                + " expected a family that is known, or 1_Pooling/config.json; set summary = first,"
                + " last or mean"),
        problems(Models.options(made)));
  }

  @Test
  void takesTheModelInTheFolderOnnxWithTheFilesAboveIt() throws IOException {
    Path made = Models.folder(folder.resolve("m"));
    Files.createDirectories(made.resolve("onnx"));
    Files.move(made.resolve("model.onnx"), made.resolve("onnx/model.onnx"));
    Backbone byFolder = Models.load(Models.options(made));
    Backbone byFile = Models.load(Models.options(made.resolve("onnx/model.onnx")));
    assertEquals(byFolder.description().sha256(), byFile.description().sha256());
  }

  @Test
  void takesTheTokenizerFromWhereItIsSaidToBe() throws IOException {
    Path made = Models.folder(folder.resolve("m"));
    Path elsewhere = Files.createDirectories(folder.resolve("t")).resolve("words.json");
    Files.move(made.resolve("tokenizer.json"), elsewhere);
    OnnxBackbonePlugin.Options plain = Models.options(made);
    assertEquals(
        List.of(
            made.resolve("tokenizer.json")
                + ": no such file, expected the tokenizer of the model; copy it there, or say where it is with tokenizer = PATH"),
        problems(plain));
    Backbone told =
        Models.load(
            new OnnxBackbonePlugin.Options(
                plain.checkpoint(),
                plain.file(),
                Optional.of(elsewhere),
                plain.output(),
                plain.summary(),
                plain.maximumLength(),
                plain.session(),
                plain.cache()));
    assertEquals(600, told.tokenizer().vocabulary());
  }

  @Test
  void saysWhatIsMissing() throws IOException {
    Path empty = Files.createDirectories(folder.resolve("empty"));
    assertTrue(
        problems(Models.options(empty)).get(0).contains("found no .onnx file in it"),
        () -> problems(Models.options(empty)).toString());
    Path nowhere = folder.resolve("nowhere");
    assertTrue(
        problems(Models.options(nowhere))
            .get(0)
            .startsWith("checkpoint '%s': no such file or folder; expected".formatted(nowhere)));
  }

  @Test
  void refusesWhatIsNoModel() throws IOException {
    Path made = Models.folder(folder.resolve("m"));
    Path file = made.resolve("model.onnx");
    Files.writeString(file, "<html>not found</html>");
    assertTrue(
        problems(Models.options(made))
            .get(0)
            .endsWith("expected a whole ONNX model; fetch or export it again"),
        () -> problems(Models.options(made)).toString());
    Files.writeString(
        file,
        "version https://git-lfs.github.com/spec/v1\noid sha256:"
            + "0".repeat(64)
            + "\nsize 90405214\n");
    assertTrue(problems(Models.options(made)).get(0).contains("git lfs pull"));
  }

  @Test
  void namesExternalFilesThatAreNotThere() throws IOException {
    Path made = Models.folder(folder.resolve("m"), Variant.EXTERNAL_DATA);
    Files.delete(made.resolve("model.onnx_data"));
    assertEquals(
        List.of(
            "%s: its weights lie in [model.onnx_data], found no such file in %s; copy it there, under that name"
                .formatted(made.resolve("model.onnx"), made)),
        problems(Models.options(made)));
  }

  @Test
  void refusesInputsThatNothingFeeds() throws IOException {
    OnnxWriter graph = graph();
    graph.output("last_hidden_state", cast(graph), "batch", "sequence", 1);
    graph.input("pixel_values", OnnxWriter.Type.FLOAT, "batch", 3, 224, 224);
    assertTrue(
        problems(Models.options(model(graph)))
            .get(0)
            .endsWith(
                "found inputs [pixel_values], which nothing here feeds, expected some of [input_ids, attention_mask, token_type_ids, position_ids]; export the text model alone"));
  }

  @Test
  void refusesToGuessWherePositionsBegin() throws IOException {
    OnnxWriter graph = graph();
    graph.output("last_hidden_state", cast(graph), "batch", "sequence", 1);
    graph.input("position_ids", OnnxWriter.Type.INT64, "batch", "sequence");
    Path made = model(graph);
    Path config = made.resolve("config.json");
    Files.writeString(
        config,
        Files.readString(config).replaceFirst("\"hidden_act\": *\"gelu\"", "\"hidden_act\": 7"));
    assertEquals(
        List.of(
            made.resolve("model.onnx")
                + ": found an input position_ids, and a config.json that does not tell where positions"
                + " begin; expected one that 'continuo inspect' reads; copy it again, or export the"
                + " model without that input"),
        problems(Models.options(made)));
  }

  @Test
  void refusesADecoderThatIsFedItsCache() throws IOException {
    OnnxWriter graph = graph();
    graph.output("last_hidden_state", cast(graph), "batch", "sequence", 1);
    graph.input("past_key_values.0.key", OnnxWriter.Type.FLOAT, "batch", 2, "past", 8);
    assertTrue(
        problems(Models.options(model(graph)))
            .get(0)
            .contains(
                "found inputs [past_key_values.0.key] of a decoder that is fed its own cache"));
  }

  @Test
  void refusesInputsOfAnotherFormAndOutputsThatCannotBeTold() throws IOException {
    OnnxWriter graph = graph();
    String result = cast(graph);
    graph.input("attention_mask", OnnxWriter.Type.FLOAT, "batch", 128);
    graph.output("one", result, "batch", "sequence", 1);
    graph.output("other", result, "batch", "sequence", 1);
    List<String> problems = problems(Models.options(model(graph)));
    assertTrue(
        problems.get(0).contains("found input attention_mask F32 [batch, 128], expected int64"),
        problems::toString);
    assertTrue(
        problems
            .get(1)
            .contains(
                "found outputs [one F32 [batch, sequence, 1], other F32 [batch, sequence, 1]], expected one of three dimensions"),
        problems::toString);
    assertTrue(
        problems(Models.reading(folder.resolve("m"), "third"))
            .get(1)
            .contains("expected a float output 'third' of two or three dimensions"));
  }

  @Test
  void asksForTheLongestInputWhereNothingTellsIt() throws IOException {
    Path made = Models.folder(folder.resolve("m"));
    Files.delete(made.resolve("config.json"));
    Files.delete(made.resolve("tokenizer_config.json"));
    assertTrue(
        problems(Models.options(made)).get(0).endsWith("set maximum-length"),
        () -> problems(Models.options(made)).toString());
    OnnxBackbonePlugin.Options plain = Models.options(made);
    Backbone told =
        Models.load(
            new OnnxBackbonePlugin.Options(
                plain.checkpoint(),
                plain.file(),
                plain.tokenizer(),
                plain.output(),
                Optional.of(Backbone.Summary.FIRST),
                OptionalInt.of(100),
                plain.session(),
                plain.cache()));
    assertEquals(100, told.description().maximumLength());
  }

  @Test
  void refusesWhateverLiesInside() {
    Backbone backbone = Models.load(Models.options(Models.folder(folder.resolve("m"))));
    Site inside = new Site("layers.0.feed-forward.up", 0, Site.Kind.LINEAR, 64, 160);
    Mixture mixture = new Mixture(List.of(inside), List.of(Expert.NONE), Router.Constant.sum(1));
    Capture capture = Capture.of(Capture.What.ROUTING, backbone.sites(), Capture.Pool.MASKED_MEAN);
    Request request = Request.of(Wiring.of(mixture)).capturing(List.of(capture));
    assertEquals(
        List.of(
            "a mixture at site 'layers.0.feed-forward.up': an ONNX model takes and shows nothing inside; attach to the final hidden states (sites = [final]), or read the model with backbone { type = pytorch }",
            "a capture of ROUTING: expected INPUT or OUTPUT"),
        backbone.refusals(request));
  }
}
