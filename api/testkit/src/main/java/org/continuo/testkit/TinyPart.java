package org.continuo.testkit;

import java.util.Set;
import java.util.function.Function;
import org.continuo.api.plugin.Capability;
import org.continuo.api.plugin.Plugin;

/** A plugin of the testkit itself. */
record TinyPart<F, O extends Record>(
    String id,
    Class<F> makes,
    Class<O> options,
    boolean preferred,
    Set<Capability> needed,
    Set<Capability> offered,
    Function<O, F> maker)
    implements Plugin<F, O> {

  /** What is taken where no other plugin of its kind is there. */
  static <F, O extends Record> TinyPart<F, O> preferred(
      String id, Class<F> makes, Class<O> options, Set<Capability> offered, Function<O, F> maker) {
    return new TinyPart<>(id, makes, options, true, Set.of(), offered, maker);
  }

  @Override
  public String summary() {
    return "for tests";
  }

  @Override
  public Set<Capability> needs(O chosen) {
    return needed;
  }

  @Override
  public Set<Capability> offers(O chosen) {
    return offered;
  }

  @Override
  public F create(O chosen) {
    return maker.apply(chosen);
  }
}
