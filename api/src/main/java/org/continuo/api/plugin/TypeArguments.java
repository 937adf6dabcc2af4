package org.continuo.api.plugin;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;

/** What stands between the angle brackets of {@link Plugin} where a class implements it. */
final class TypeArguments {
  private TypeArguments() {}

  /**
   * @param place 0 for what is made, 1 for its options
   * @throws IllegalStateException if no class stands there
   */
  static Class<?> of(Class<?> plugin, int place) {
    TypeVariable<?> wanted = Plugin.class.getTypeParameters()[place];
    Map<TypeVariable<?>, Type> bound = new HashMap<>();
    Class<?> type = plugin;
    while (type != Plugin.class) {
      type = step(type, bound);
    }
    Type found = bound.get(wanted);
    if (found instanceof Class<?> is) {
      return is;
    }
    throw new IllegalStateException(
        "found %s for %s of Plugin<F, O> in %s, expected a class as in Plugin<Strategy.Factory, Ewc.Options>; name it there, or override %s()"
            .formatted(
                described(found), wanted, plugin.getName(), place == 0 ? "makes" : "options"));
  }

  private static String described(Type found) {
    return found == null
        ? "nothing"
        : found instanceof TypeVariable<?> open
            ? "the open " + open.getName() + " of " + open.getGenericDeclaration()
            : found.getTypeName();
  }

  /** One supertype nearer to {@link Plugin}, whose variables are bound; none where it is raw. */
  private static Class<?> step(Class<?> type, Map<TypeVariable<?>, Type> bound) {
    Type next =
        Stream.concat(
                Stream.ofNullable(type.getGenericSuperclass()),
                Arrays.stream(type.getGenericInterfaces()))
            .filter(candidate -> Plugin.class.isAssignableFrom(raw(candidate)))
            .findFirst()
            .orElseThrow();
    if (next instanceof ParameterizedType generic) {
      Type[] arguments = generic.getActualTypeArguments();
      for (int i = 0; i < arguments.length; i++) {
        bound.put(raw(next).getTypeParameters()[i], bound.getOrDefault(arguments[i], arguments[i]));
      }
    }
    return raw(next);
  }

  private static Class<?> raw(Type supertype) {
    return (Class<?>)
        (supertype instanceof ParameterizedType generic ? generic.getRawType() : supertype);
  }
}
