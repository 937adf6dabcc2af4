package org.continuo.core.plugin;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * What a plugin makes: an interface named {@code Factory} inside the type of the part, such as
 * {@code Strategy.Factory}. A factory that extends another one is a narrower form of the same kind:
 * {@code Expert.LowRank.Factory} makes experts.
 */
public record Kind(Class<?> factory) {
  public Kind {
    if (!isKind(factory)) {
      throw new IllegalArgumentException(
          factory.getName()
              + " is not a kind of plugin: expected an interface named Factory inside the type it"
              + " makes, such as Strategy.Factory");
    }
  }

  /** Whether a type names a kind, whatever plugins there are. */
  public static boolean isKind(Class<?> type) {
    return type.isInterface()
        && type.getSimpleName().equals("Factory")
        && type.getEnclosingClass() != null;
  }

  /** The name of the kind: {@code strategy}, {@code expert}, {@code stream}. */
  public String name() {
    String[] words = words(root());
    return words[words.length - 1];
  }

  /** What a person calls the form that is accepted here: {@code low-rank expert}. */
  public String label() {
    return factory.equals(root()) ? name() : String.join("-", words(factory)) + " " + name();
  }

  /** True if parts of {@code other} can stand where this kind is asked for. */
  public boolean accepts(Kind other) {
    return factory.isAssignableFrom(other.factory);
  }

  private Class<?> root() {
    Class<?> root = factory;
    Optional<Class<?>> wider = wider(root);
    while (wider.isPresent()) {
      root = wider.get();
      wider = wider(root);
    }
    return root;
  }

  private static Optional<Class<?>> wider(Class<?> type) {
    return Arrays.stream(type.getInterfaces()).filter(Kind::isKind).findFirst();
  }

  private static String[] words(Class<?> type) {
    String[] words = type.getEnclosingClass().getSimpleName().split("(?<=[a-z0-9])(?=[A-Z])");
    return Arrays.stream(words).map(word -> word.toLowerCase(Locale.ROOT)).toArray(String[]::new);
  }
}
