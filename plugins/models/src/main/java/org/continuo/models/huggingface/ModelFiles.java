package org.continuo.models.huggingface;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.continuo.api.data.DataException;

/**
 * Which of a repository's files make a model that can be read: settings, tokenizer and weights as
 * safetensors. What would run, and weights in other forms, are none of them.
 *
 * @param names all there are, by their paths with slashes; kept in their order
 */
record ModelFiles(Set<String> names) {
  private static final String CONFIG = "config.json";
  private static final String TOKENIZER = "tokenizer.json";
  private static final String WEIGHTS = "model.safetensors";
  private static final String INDEX = "model.safetensors.index.json";
  private static final String MODULES = "modules.json";

  private static final String TRANSFORMER = "0_\\w+/";
  private static final Pattern SETTINGS =
      Pattern.compile(
          "(?:%s)?(?:%s)|\\d+_\\w+/config\\.json"
              .formatted(
                  TRANSFORMER,
                  String.join(
                      "|",
                      "config\\.json|generation_config\\.json|chat_template\\.(?:jinja|json)",
                      "tokenizer\\.json|tokenizer_config\\.json|special_tokens_map\\.json",
                      "added_tokens\\.json|vocab\\.(?:json|txt)|merges\\.txt",
                      "tokenizer\\.model|spiece\\.model|sentencepiece\\.bpe\\.model",
                      "modules\\.json|sentence_[a-z]+_config\\.json",
                      "config_sentence_transformers\\.json",
                      "README\\.md|LICENSE(?:\\.md|\\.txt)?")));
  private static final Pattern ELSEWHERE = Pattern.compile("(" + TRANSFORMER + ")config\\.json");
  private static final Pattern SHARD = Pattern.compile("\\w[\\w.-]*\\.safetensors");

  private static final ObjectMapper JSON = new ObjectMapper();

  ModelFiles {
    names = Collections.unmodifiableSet(new TreeSet<>(names));
  }

  /** Where the transformer is: in a sentence-transformers folder it may be a module of it. */
  private String transformer() {
    return names.contains(CONFIG)
        ? ""
        : names.stream()
            .map(ELSEWHERE::matcher)
            .filter(Matcher::matches)
            .map(name -> name.group(1))
            .findFirst()
            .orElse("");
  }

  /** All that is to be fetched before the weights. */
  List<String> settings() {
    return Stream.concat(
            names.stream().filter(name -> SETTINGS.matcher(name).matches()), index().stream())
        .toList();
  }

  /** The file that says which others the weights are in; one file of weights has none. */
  Optional<String> index() {
    return Optional.of(transformer() + INDEX)
        .filter(names::contains)
        .filter(index -> !names.contains(transformer() + WEIGHTS));
  }

  /**
   * The files of the weights, whether they are there or not.
   *
   * @param folder that has the {@link #index}
   */
  List<String> weights(Path folder) throws IOException {
    Optional<String> index = index();
    if (index.isEmpty()) {
      return List.of(transformer() + WEIGHTS);
    }
    Set<String> shards = new TreeSet<>();
    Path file = folder.resolve(index.get());
    for (JsonNode shard : json(file).path("weight_map")) {
      if (!SHARD.matcher(shard.asText()).matches()) {
        throw new DataException(
            "%s: weight_map: found '%s', expected names of safetensors files beside it; use another model"
                .formatted(file, shard.asText()));
      }
      shards.add(transformer() + shard.asText());
    }
    return List.copyOf(shards);
  }

  /** What no model does without and is not there, apart from the files an index names. */
  List<String> missing() {
    return Stream.of(CONFIG, TOKENIZER, WEIGHTS)
        .map(name -> transformer() + name)
        .filter(name -> !names.contains(name))
        .filter(name -> !name.endsWith(WEIGHTS) || index().isEmpty())
        .toList();
  }

  /**
   * All that is not there.
   *
   * @param folder that has these files
   */
  List<String> missing(Path folder) throws IOException {
    List<String> missing = new ArrayList<>(missing());
    for (String name : pooling(folder)) {
      if (!names.contains(name)) {
        missing.add(name);
      }
    }
    if (index().isPresent()) {
      weights(folder).stream().filter(name -> !names.contains(name)).forEach(missing::add);
    }
    return missing;
  }

  /** Without its settings a sentence would silently be another vector. */
  private List<String> pooling(Path folder) throws IOException {
    List<String> settings = new ArrayList<>();
    if (names.contains(MODULES)) {
      for (JsonNode module : json(folder.resolve(MODULES))) {
        if (module.path("type").asText().endsWith(".Pooling")) {
          settings.add(module.path("path").asText() + "/" + CONFIG);
        }
      }
    }
    return settings;
  }

  private static JsonNode json(Path file) throws IOException {
    try {
      return JSON.readTree(file.toFile());
    } catch (JsonProcessingException e) {
      throw new DataException(
          "%s: cannot be read as JSON; delete it, so that it is fetched again".formatted(file), e);
    }
  }
}
