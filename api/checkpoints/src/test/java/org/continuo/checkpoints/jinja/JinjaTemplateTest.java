package org.continuo.checkpoints.jinja;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * {@code expected.json} is what {@code render_jinja_template} of transformers 5.24 makes of the
 * templates beside it, with {@code bos_token <s>}, {@code eos_token </s>} and {@code date_string 26
 * Jul 2024}.
 */
class JinjaTemplateTest {
  private static final Map<String, Object> NONE = Map.of();

  static List<JsonNode> expected() throws IOException {
    try (InputStream file = JinjaTemplateTest.class.getResourceAsStream("expected.json")) {
      return List.copyOf(
          new ObjectMapper().readValue(file, new TypeReference<List<JsonNode>>() {}));
    }
  }

  @ParameterizedTest
  @MethodSource("expected")
  void templatesAreRenderedAsByTheOriginalLibrary(JsonNode rendered) throws IOException {
    String file = rendered.path("template").asText();
    try (InputStream stream = JinjaTemplateTest.class.getResourceAsStream(file)) {
      String template = new String(stream.readAllBytes(), StandardCharsets.UTF_8);
      Map<String, Object> names = new HashMap<>();
      names.put("bos_token", "<s>");
      names.put("eos_token", "</s>");
      names.put("date_string", "26 Jul 2024");
      names.put(
          "messages",
          new ObjectMapper().convertValue(rendered.path("messages"), new TypeReference<>() {}));
      names.put("add_generation_prompt", rendered.path("add_generation_prompt").asBoolean());
      assertEquals(
          rendered.path("text").asText(), JinjaTemplate.parse(template).render(names), file);
    }
  }

  @Test
  void whatIsNotKnownIsRefusedWithItsLine() {
    refused(
        "a\n{% include 'x' %}",
        "line 2: found the tag 'include', expected one of [for, if, set, macro, break, continue, generation]");
    refused("{{ 'a' | tojson }}", "line 1: the filter 'tojson' is not known to this renderer");
    refused("{{ 1 is prime }}", "line 1: the test 'prime' is not known to this renderer");
    refused(
        "{{ strftime_now('%d') }}",
        "line 1: the function 'strftime_now' is not known to this renderer");
    refused("{{ 'a'.zfill(3) }}", "line 1: strings have no method 'zfill' here");
    refused("{{ 'a'.replace('b') }}", "line 1: a filter, test or method lacks an argument");
    refused("{{ 'a' + 1 }}", "line 1: cannot compute a string + a integer");
    refused("{{ user.name.first }}", "line 1: 'user' is not defined");
    refused("{{ raise_exception('turns only') }}", "line 1: the template refuses: turns only");
    refused("{{ 'a", "line 1: found ''', which begins nothing");
    refused("{% if 1 %}x", "line 1: found the end, expected 'endif'");
    refused("{{ 1", "line 1: a tag does not end, expected }}");
    refused(
        "{% endfor %}",
        "line 1: found the tag 'endfor', expected one of [for, if, set, macro, break, continue, generation]");
  }

  @Test
  void hostileTemplatesEnd() {
    refused(
        "{% for a in range(90000) %}{% for b in range(90000) %}{% endfor %}{% endfor %}",
        "line 1: more than 1,000,000 steps");
    refused("{{ range(1000000000)|length }}", "line 1: found a range of more than 100,000 numbers");
    refused(
        "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}",
        "line 1: macros call each other more than 100 deep");
    refused(
        "{% set ns = namespace(x='xxxxxxxxxx') %}{% for i in range(99) %}{% set ns.x = ns.x + ns.x %}{% endfor %}",
        "line 1: a text of more than 1,048,576 characters");
    refused("{{ 9223372036854775807 + 1 }}", "line 1: a number beyond 64 bits");
  }

  @Test
  void deepNestingIsRefused() {
    for (String template :
        List.of(
            "{{ " + "(".repeat(5_000) + "1" + ")".repeat(5_000) + "}}",
            "{{ " + "not ".repeat(5_000) + "1 }}",
            "{{ " + "- ".repeat(5_000) + "1 }}",
            "{% if 1 %}".repeat(5_000))) {
      String problem =
          assertThrows(JinjaException.class, () -> JinjaTemplate.parse(template)).getMessage();
      assertEquals(
          template.startsWith("{%")
              ? "line 1: tags are nested more than 100 deep"
              : "line 1: expressions are nested more than 100 deep",
          problem);
    }
  }

  private static void refused(String template, String problem) {
    assertEquals(
        problem,
        assertThrows(JinjaException.class, () -> JinjaTemplate.parse(template).render(NONE))
            .getMessage());
  }
}
