package org.continuo.core.config;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Random;
import java.util.stream.Stream;
import org.continuo.api.model.Expert;
import org.continuo.api.plugin.Option;
import org.continuo.core.experiment.Experiment;
import org.continuo.core.files.FileName;
import org.continuo.core.plugin.PluginRegistry;
import org.continuo.core.testing.MadeUp;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is bound, and that the resolved file gives the same again. */
class ResolvedFileTest {
  private static final PluginRegistry REGISTRY = MadeUp.with(MadeUp.fixed());

  private static final String SMALL =
      "experiment { backbone { type = glass, checkpoint = c }, stream { type = shelf, root = r } }";

  /** Every option of every record within reach, none at its default. */
  private static final String FULL =
      """
      experiment {
        name = "all of it, # $ ' {x}"
        seed = 9007199254740993
        seeds { initialisation = 1, data = 2, shuffling = 3, dropout = 4, strategy = 5 }
        backbone {
          type = glass, checkpoint = "some/../where", layers = 1e1, precision = bfloat-16
          cache = "/a b/c"
        }
        stream {
          type = shelf, root = "/data/t", order = ["x,y", true, 3.10], train-limit = "7"
          weights { "a.b" = 0.1, "include" = 1 }, form = csv
        }
        head = plain
        strategy {
          type = drift, lambda = 0.1, ramp { from = 1.0E-300, to = 1e19 }, learning-rate = 2e-4
          expert { type = thin, rank = ${experiment.seeds.shuffling}, alpha = 0.30000000000000004 }
          with = [still, { type = still, expert { alpha = 2 }, second = wide }]
          memory = -4, mean = true, ramps { one {}, two { from = 0.5 } }
        }
        training {
          epochs = 0.25, batch-size = 4, accumulation = 2, learning-rate = 1.7976931348623157E308
          schedule = linear, warmup = 0.1, weight-decay = 4.9E-324, clip-norm = 0, maximum-length = 8
          select-best = false, evaluations-per-epoch = 2
          tasks { a { epochs = 2, learning-rate = 0.5 } }
        }
        evaluation {
          batch-size = 1, task-id = inferred, zero-shot = false, split = dev
          metrics = [fixed, { type = fixed, value = 0.1 }]
        }
        protocol { past-data = false, future-data = true }
        checkpoints = all
      }
      """;

  @TempDir private Path folder;

  private Bound<Experiment> read(String text, String... sets) throws IOException {
    Path file = Files.writeString(folder.resolve("x.conf"), text);
    return ExperimentFile.read(file, List.of(sets), REGISTRY);
  }

  private static MadeUp.Drift drift(Bound<Experiment> bound) {
    return ((MadeUp.DriftFactory) bound.options().strategy()).options();
  }

  @Test
  void defaults() throws IOException {
    Bound<Experiment> bound = read(SMALL);
    MadeUp.Ramp ramp = new MadeUp.Ramp(0, 1);
    assertEquals(
        new MadeUp.Drift(
            1,
            ramp,
            OptionalDouble.empty(),
            new MadeUp.ThinFactory(new MadeUp.Thin(8, 16)),
            List.of(),
            10,
            false,
            Map.of()),
        drift(bound));
    assertEquals(
        new MadeUp.GlassFactory(
            new MadeUp.Glass(
                Path.of("c").toAbsolutePath(), 2, MadeUp.Precision.FLOAT_32, Optional.empty())),
        bound.options().backbone());
    assertEquals(
        new MadeUp.ShelfFactory(
            new MadeUp.Shelf(
                Path.of("r").toAbsolutePath(),
                List.of("a", "b"),
                OptionalInt.empty(),
                Map.of(),
                "json")),
        bound.options().stream());
    assertEquals(3, bound.options().training().epochs());
  }

  @Test
  void everyOptionTakesItsValue() throws IOException {
    Bound<Experiment> bound = read(FULL);
    assertEquals("all of it, # $ ' {x}", bound.options().name().value());
    assertEquals(9007199254740993L, bound.options().seed());
    assertEquals(OptionalLong.of(4), bound.options().seeds().dropout());
    assertEquals(
        new MadeUp.Glass(
            Path.of("where").toAbsolutePath(),
            10,
            MadeUp.Precision.BFLOAT_16,
            Optional.of(Path.of("/a b/c").toAbsolutePath())),
        ((MadeUp.GlassFactory) bound.options().backbone()).options());
    assertEquals(
        new MadeUp.Shelf(
            Path.of("/data/t").toAbsolutePath(),
            List.of("x,y", "true", "3.10"),
            OptionalInt.of(7),
            Map.of("a.b", 0.1, "include", 1.0),
            "csv"),
        ((MadeUp.ShelfFactory) bound.options().stream()).options());
    MadeUp.Thin still = new MadeUp.Thin(4, 16);
    assertEquals(
        new MadeUp.Drift(
            0.1,
            new MadeUp.Ramp(1e-300, 1e19),
            OptionalDouble.of(2e-4),
            new MadeUp.ThinFactory(new MadeUp.Thin(3, 0.30000000000000004)),
            List.of(
                new MadeUp.StillFactory(
                    new MadeUp.Still(new MadeUp.ThinFactory(still), Optional.empty())),
                new MadeUp.StillFactory(
                    new MadeUp.Still(
                        new MadeUp.ThinFactory(new MadeUp.Thin(4, 2)),
                        Optional.<Expert.Factory>of(
                            new MadeUp.WideFactory(new MadeUp.Wide(1.5)))))),
            -4,
            true,
            Map.of("one", new MadeUp.Ramp(0, 1), "two", new MadeUp.Ramp(0.5, 1))),
        drift(bound));
  }

  @Test
  void theFullFileLeavesNoOptionOfAnExperimentAtItsDefault() throws IOException {
    assertAllDiffer("experiment", read(SMALL).options(), read(FULL).options());
  }

  /** A head without options has one value only. */
  private static void assertAllDiffer(String path, Record first, Record second) {
    for (RecordComponent component : first.getClass().getRecordComponents()) {
      String name = path + "." + component.getName();
      Object one = value(component, first);
      Object other = value(component, second);
      if (one instanceof Record a && other instanceof Record b && isBlock(one)) {
        assertAllDiffer(name, a, b);
      } else if (!(one instanceof MadeUp.PlainFactory)) {
        assertNotEquals(one, other, () -> name + " is not covered");
      }
    }
  }

  private static boolean isBlock(Object value) {
    return value.getClass().getPackage() == Experiment.class.getPackage();
  }

  private static Object value(RecordComponent component, Record owner) {
    return assertDoesNotThrow(() -> component.getAccessor().invoke(owner));
  }

  @Test
  void everyOptionOfAnExperimentHasADescription() {
    List<Class<?>> records = new ArrayList<>(List.of(Experiment.class));
    for (int i = 0; i < records.size(); i++) {
      for (RecordComponent component : records.get(i).getRecordComponents()) {
        Option option = component.getAnnotation(Option.class);
        assertTrue(
            option != null && option.doc().length() > 8 && !option.doc().endsWith("."),
            () -> component + " has no fitting description");
        if (component.getType().isRecord() && component.getType() != FileName.class) {
          records.add(component.getType());
        }
      }
    }
    assertEquals(5, records.size());
  }

  @Test
  void bindingTheResolvedFileAgainGivesTheSame() throws IOException {
    for (String text : List.of(SMALL, FULL)) {
      Bound<Experiment> first = read(text);
      Bound<Experiment> second = read(first.text());
      assertEquals(first.options(), second.options());
      assertEquals(first.choices(), second.choices());
      assertEquals(first.resolved(), second.resolved());
      assertEquals(first.text(), second.text());
      assertEquals(first.resolved().root(), ConfigFactory.parseString(first.text()).root());
    }
  }

  @Test
  void doublesReadBackExactly() throws IOException {
    Random random = new Random(1);
    for (int i = 0; i < 50; i++) {
      double value = Math.abs(Double.longBitsToDouble(random.nextLong()));
      if (Double.isFinite(value)) {
        Bound<Experiment> first = read(SMALL, "training.learning-rate=" + value);
        assertEquals(value, first.options().training().learningRate());
        assertEquals(value, read(first.text()).options().training().learningRate());
      }
    }
  }

  @Test
  void negativeZeroIsZero() throws IOException {
    Bound<Experiment> bound = read(SMALL, "strategy.expert.alpha=-0.0");
    assertEquals(new MadeUp.ThinFactory(new MadeUp.Thin(8, 0.0)), drift(bound).expert());
  }

  @Test
  void choicesHoldEveryPluginAPartBeforeThoseInsideIt() throws IOException {
    assertEquals(
        List.of(
            "experiment.backbone glass",
            "experiment.stream shelf",
            "experiment.head plain",
            "experiment.strategy drift",
            "experiment.strategy.expert thin",
            "experiment.strategy.with[0] still",
            "experiment.strategy.with[0].expert thin",
            "experiment.strategy.with[1] still",
            "experiment.strategy.with[1].expert thin",
            "experiment.strategy.with[1].second wide",
            "experiment.evaluation.metrics[0] fixed",
            "experiment.evaluation.metrics[1] fixed"),
        read(FULL).choices().stream().map(c -> c.path() + " " + c.plugin().id()).toList());
  }

  @Test
  void everyOptionKnowsWhereItWasSet() throws IOException {
    Bound<Experiment> bound =
        read(
            SMALL + "\nexperiment {\n strategy = drift\n name = x }",
            "seed=2",
            "strategy.with=[still]");
    Path file = folder.resolve("x.conf");
    assertEquals(
        List.of(
            file + ":3: experiment.strategy",
            file + ":4: experiment.name",
            "--set seed=2: experiment.seed",
            "--set strategy.with=[still]: experiment.strategy.with[0].expert",
            "default of epochs: experiment.training.epochs"),
        Stream.of(
                "experiment.strategy",
                "experiment.name",
                "experiment.seed",
                "experiment.strategy.with[0].expert",
                "experiment.training.epochs")
            .map(bound::where)
            .toList());
  }

  @Test
  void overridesWinAndMayNameThePathInFull() throws IOException {
    Bound<Experiment> bound =
        read(SMALL, "seed=2", "experiment.seed=3", "name=a=b # c", "seeds.data=${experiment.seed}");
    assertEquals(3, bound.options().seed());
    assertEquals(OptionalLong.of(3), bound.options().seeds().data());
    assertEquals("a=b # c", bound.options().name().value());
  }

  @Test
  void anOverrideByIdReplacesTheWholeBlock() throws IOException {
    Bound<Experiment> bound =
        read(SMALL + "\nexperiment.strategy { type = drift, lambda = 3 }", "strategy=still");
    assertEquals(
        new MadeUp.StillFactory(
            new MadeUp.Still(new MadeUp.ThinFactory(new MadeUp.Thin(4, 16)), Optional.empty())),
        bound.options().strategy());
  }

  @Test
  void aDefaultBlockCompletesOnlyItsOwnType() throws IOException {
    Bound<Experiment> bound = read(SMALL, "strategy=still", "strategy.expert.alpha=2");
    assertEquals(
        new MadeUp.ThinFactory(new MadeUp.Thin(4, 2)),
        ((MadeUp.StillFactory) bound.options().strategy()).options().expert());
  }

  @Test
  void overridesOfItsOptionsKeepAPluginThatWasNamedByItsId() throws IOException {
    Bound<Experiment> bound =
        read(
            SMALL + "\nexperiment.strategy = still",
            "strategy.expert=thin",
            "strategy.expert.rank=2");
    assertEquals(
        new MadeUp.StillFactory(
            new MadeUp.Still(new MadeUp.ThinFactory(new MadeUp.Thin(2, 16)), Optional.empty())),
        bound.options().strategy());
  }

  @Test
  void text() throws IOException {
    String here = Path.of("").toAbsolutePath().toString();
    assertEquals(
        """
        experiment {
          backbone {
            type = glass
            checkpoint = "HERE/c"
            layers = 2
            precision = float-32
          }
          checkpoints = latest
          evaluation {
            batch-size = 16
            metrics = []
            split = test
            task-id = given
            zero-shot = true
          }
          head {
            type = plain
          }
          name = experiment
          protocol {
            future-data = false
            past-data = true
          }
          seed = 1
          seeds {}
          strategy {
            type = drift
            expert {
              type = thin
              alpha = 16.0
              rank = 8
            }
            lambda = 1.0
            mean = false
            memory = 10
            ramp {
              from = 0.0
              to = 1.0
            }
            ramps {
              two {
                from = 0.5
                to = 1.0
              }
            }
            with = [
              {
                type = still
                expert {
                  type = thin
                  alpha = 16.0
                  rank = 4
                }
              }
            ]
          }
          stream {
            type = shelf
            form = json
            order = [a, b]
            root = "HERE/r"
            weights {}
          }
          training {
            accumulation = 1
            batch-size = 8
            clip-norm = 1.0
            epochs = 3.0
            evaluations-per-epoch = 1
            learning-rate = 2.0E-4
            maximum-length = 256
            schedule = constant
            select-best = true
            warmup = 0.0
            weight-decay = 0.01
          }
        }
        """
            .replace("HERE", here),
        read(SMALL, "strategy.with=[still]", "strategy.ramps={two={from=0.5}}").text());
  }
}
