package org.continuo.core.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.continuo.core.testing.MadeUp;
import org.junit.jupiter.api.Test;

class OptionDescriptionTest {
  private static OptionDescription plain(
      String name, String type, Optional<String> initial, String range, String doc) {
    return new OptionDescription(name, type, initial, range, "", doc, List.of(), List.of());
  }

  @Test
  void everythingARecordSays() {
    List<OptionDescription> ramp =
        List.of(
            plain("from", "double", Optional.of("0"), ">= 0", "first weight"),
            plain("to", "double", Optional.of("1"), ">= 0", "last weight"));
    assertEquals(
        List.of(
            plain("lambda", "double", Optional.of("1.0"), ">= 0", "weight of the pull"),
            new OptionDescription(
                "ramp",
                "block",
                Optional.of("{}"),
                "",
                "",
                "how the weight grows",
                List.of(),
                ramp),
            plain(
                "learning-rate", "double", Optional.of("none"), ">= 0", "learning rate of its own"),
            new OptionDescription(
                "expert",
                "expert",
                Optional.of("thin"),
                "",
                "",
                "what it trains",
                List.of("thin", "wide"),
                List.of()),
            new OptionDescription(
                "with",
                "list of strategy",
                Optional.of("[]"),
                "",
                "",
                "strategies beside it",
                List.of("drift", "still"),
                List.of()),
            new OptionDescription(
                "memory",
                "long",
                Optional.of("10"),
                "",
                "steps",
                "how many steps it looks back",
                List.of(),
                List.of()),
            plain("mean", "boolean", Optional.of("false"), "", "pull towards the mean"),
            new OptionDescription(
                "ramps",
                "map to block",
                Optional.of("{}"),
                "",
                "",
                "ramps by task",
                List.of(),
                ramp)),
        OptionDescription.of(MadeUp.Drift.class, MadeUp.registry()));
  }

  @Test
  void whatMustBeSetHasNoDefault() {
    List<OptionDescription> options = OptionDescription.of(MadeUp.Glass.class, MadeUp.registry());
    assertEquals(
        plain("checkpoint", "path", Optional.empty(), "", "folder of the checkpoint"),
        options.get(0));
    assertEquals("1 .. 96", options.get(1).range());
    assertEquals(List.of("float-32", "bfloat-16"), options.get(2).choices());
  }

  @Test
  void aNarrowerKindListsOnlyItsOwn() {
    OptionDescription expert = OptionDescription.of(MadeUp.Still.class, MadeUp.registry()).get(0);
    assertEquals("low-rank expert", expert.type());
    assertEquals(Optional.of("{ type = thin, rank = 4 }"), expert.initial());
    assertEquals(List.of("thin"), expert.choices());
  }
}
