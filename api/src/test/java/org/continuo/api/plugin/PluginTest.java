package org.continuo.api.plugin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** What a plugin makes and its options, as its class says. */
class PluginTest {
  private interface Factory {}

  private record Width(@Option(doc = "how wide") int width) {}

  private abstract static class Named<F, O extends Record> implements Plugin<F, O> {
    @Override
    public String id() {
      return "named";
    }

    @Override
    public String summary() {
      return "for tests";
    }

    @Override
    public F create(O options) {
      throw new UnsupportedOperationException("for reading only");
    }
  }

  private static void says(Class<?> makes, Class<?> options, Plugin<?, ?> plugin) {
    assertEquals(List.of(makes, options), List.of(plugin.makes(), plugin.options()));
  }

  private record Direct() implements Plugin<Factory, Width> {
    @Override
    public String id() {
      return "direct";
    }

    @Override
    public String summary() {
      return "for tests";
    }

    @Override
    public Factory create(Width options) {
      return new Factory() {};
    }
  }

  @Test
  void theArgumentsOfTheInterface() {
    says(Factory.class, Width.class, new Direct());
  }

  /** Its variables come in another order and under other names than those of Plugin. */
  private abstract static class Swapped<F extends Record, O> extends Named<O, F> {}

  private abstract static class HalfBound<T extends Record> extends Swapped<T, Factory> {}

  private static final class Bound extends HalfBound<Width> {}

  @Test
  void theArgumentsOfSuperclasses() {
    says(Factory.class, Width.class, new Bound());
    says(Factory.class, Plugin.NoOptions.class, new Swapped<Plugin.NoOptions, Factory>() {});
  }

  private interface Wide<F> extends Supplier<F>, Plugin<F, Width> {}

  private abstract static class WideBase implements Wide<Factory> {}

  private static final class OfAnInterface extends WideBase {
    @Override
    public String id() {
      return "wide";
    }

    @Override
    public String summary() {
      return "for tests";
    }

    @Override
    public Factory create(Width options) {
      return new Factory() {};
    }

    @Override
    public Factory get() {
      return new Factory() {};
    }
  }

  @Test
  void theArgumentsOfAnInterfaceBetween() {
    says(Factory.class, Width.class, new OfAnInterface());
  }

  private record Given<F, O extends Record>(
      String id, Class<F> makes, Class<O> options, Function<O, F> maker) implements Plugin<F, O> {
    @Override
    public String summary() {
      return "for tests";
    }

    @Override
    public F create(O chosen) {
      return maker.apply(chosen);
    }
  }

  @Test
  void whatOverridesSaysItself() {
    says(
        Factory.class,
        Width.class,
        new Given<>("given", Factory.class, Width.class, width -> new Factory() {}));
  }

  private static final class Open<T, O extends Record> extends Named<T, O> {}

  @SuppressWarnings("rawtypes")
  private static final class Raw extends Named {
    @Override
    public Object create(Record options) {
      return options;
    }
  }

  @SuppressWarnings("rawtypes")
  private static final class RawPlugin implements Plugin {
    @Override
    public String id() {
      return "raw";
    }

    @Override
    public String summary() {
      return "for tests";
    }

    @Override
    public Object create(Record options) {
      return options;
    }
  }

  private static final class Generic extends Named<Supplier<Factory>, Width> {}

  private static String refusal(Executable asked) {
    return assertThrows(IllegalStateException.class, asked)
        .getMessage()
        .replace("org.continuo.api.plugin.", "");
  }

  @Test
  void whereNoClassStandsItIsRefused() {
    String expected =
        ", expected a class as in Plugin<Strategy.Factory, Ewc.Options>; name it there, or override ";
    assertEquals(
        "found the open T of class PluginTest$Open for F of Plugin<F, O> in PluginTest$Open"
            + expected
            + "makes()",
        refusal(() -> new Open<Factory, Width>().makes()));
    assertEquals(
        "found the open O of class PluginTest$Named for O of Plugin<F, O> in PluginTest$Raw"
            + expected
            + "options()",
        refusal(() -> new Raw().options()));
    assertEquals(
        "found nothing for F of Plugin<F, O> in PluginTest$RawPlugin" + expected + "makes()",
        refusal(() -> new RawPlugin().makes()));
    assertEquals(
        "found java.util.function.Supplier<PluginTest$Factory> for F of Plugin<F, O> in"
            + " PluginTest$Generic"
            + expected
            + "makes()",
        refusal(() -> new Generic().makes()));
  }
}
