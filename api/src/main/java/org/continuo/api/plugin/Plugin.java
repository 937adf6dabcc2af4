package org.continuo.api.plugin;

import java.util.List;
import java.util.Set;

/**
 * The door to one part: {@code F} is the factory it makes, {@code O} the record of its options.
 * Both are written once, as type arguments: {@code implements Plugin<Strategy.Factory,
 * Ewc.Options>}. {@link #id}, {@link #summary} and {@link #create} are what a plugin must have.
 *
 * <p>Life: found by ServiceLoader (no side effects) -> read (id, options, needs, offers) -> {@link
 * #create} with bound options (pure and cheap: a factory, not the part) -> the host calls the
 * factory once per run.
 *
 * @param <F> the kind: {@code Strategy.Factory}, {@code Backbone.Factory}, {@code Expert.Factory}
 *     and so on; an options record asks for another part by declaring a component of that type
 * @param <O> the options, each component annotated with {@link Option}; {@link NoOptions} if none
 */
@Stability(Stability.Level.STABLE)
public interface Plugin<F, O extends Record> {
  /** The name an experiment file uses as {@code type}: {@code [a-z][a-z0-9-]*}, unique per kind. */
  String id();

  /** One line: what it is. */
  String summary();

  /** The paper or document it follows, with the equation if there is one; empty if none. */
  default String source() {
    return "";
  }

  /**
   * The class that stands for {@code F} where the plugin's class implements this interface or
   * extends one that does. Only a class that leaves {@code F} open overrides it.
   *
   * @throws IllegalStateException if none stands there: a raw type, a variable, a generic type
   */
  @SuppressWarnings("unchecked")
  default Class<F> makes() {
    return (Class<F>) TypeArguments.of(getClass(), 0);
  }

  /** As {@link #makes}, the class that stands for {@code O}. */
  @SuppressWarnings("unchecked")
  default Class<O> options() {
    return (Class<O>) TypeArguments.of(getClass(), 1);
  }

  /** True for the one plugin of its kind that is taken when a file names none. */
  default boolean preferred() {
    return false;
  }

  /** What must be there for these options to work; checked when the plan is made. */
  default Set<Capability> needs(O options) {
    return Set.of();
  }

  /**
   * What it makes use of where the run offers it: what it needs, and what it can do without.
   * Results are set apart by it.
   */
  default Set<Capability> uses(O options) {
    return needs(options);
  }

  default Set<Capability> offers(O options) {
    return Set.of();
  }

  /**
   * What is wrong with options that are each in range but do not go together: what was found, what
   * is expected, how to fix it. Empty if nothing is.
   */
  default List<String> conflicts(O options) {
    return List.of();
  }

  F create(O options);

  /** The options of a part that has none. */
  record NoOptions() {}
}
