package org.continuo.core.plugin;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.continuo.api.plugin.Plugin;
import org.continuo.core.plugin.PluginRegistry.Entry;

/** Makes plugins and asks them for what the registry keeps. */
final class PluginReader {
  private static final Pattern ID = Pattern.compile("[a-z][a-z0-9-]*");

  private PluginReader() {}

  /** Where a plugin comes from. */
  interface Source {
    Plugin<?, ?> get() throws Unusable;
  }

  static Entry read(Source source, Optional<Path> folder) throws Unusable {
    try {
      Plugin<?, ?> plugin = source.get();
      String id = plugin.id();
      if (!ID.matcher(id).matches()) {
        throw new Unusable("found the id '" + id + "', expected [a-z][a-z0-9-]*; rename it");
      }
      if (!plugin.options().isRecord()) {
        throw new Unusable(
            "found options of " + plugin.options().getName() + ", expected a record");
      }
      requireLoadable(plugin.options());
      Kind kind = new Kind(plugin.makes());
      return new Entry(kind, id, plugin.summary(), plugin.preferred(), plugin, folder);
    } catch (RuntimeException | ServiceConfigurationError | LinkageError | AssertionError error) {
      throw Unusable.of(error);
    }
  }

  /**
   * A type that is missing shows when it is asked for: here, rather than in the middle of a file.
   */
  private static void requireLoadable(Class<? extends Record> options) {
    for (RecordComponent component : options.getRecordComponents()) {
      Objects.requireNonNull(component.getGenericType());
      component.getAnnotations();
    }
  }

  /**
   * By the rules of ServiceLoader, which cannot be told of modules that are linked late.
   *
   * @param module open to this one
   */
  static Plugin<?, ?> create(Module module, String type) throws Unusable {
    Class<?> found = Class.forName(module, type);
    if (found == null) {
      throw new Unusable("found no such class; mend META-INF/services or the build");
    }
    try {
      Optional<Method> provider =
          Arrays.stream(found.getMethods())
              .filter(method -> method.getName().equals("provider"))
              .filter(method -> Modifier.isStatic(method.getModifiers()))
              .filter(method -> method.getParameterCount() == 0)
              .filter(method -> method.getDeclaringClass() == found)
              .findFirst();
      Object made =
          provider.isPresent() ? provider.get().invoke(null) : found.getConstructor().newInstance();
      if (!(made instanceof Plugin<?, ?> plugin)) {
        throw new Unusable(
            "found a class that is no " + Plugin.class.getName() + ", expected one; implement it");
      }
      requireAllMethods(plugin.getClass());
      return plugin;
    } catch (InvocationTargetException e) {
      throw Unusable.of(e.getCause());
    } catch (ReflectiveOperationException e) {
      throw new Unusable(
          "found no public constructor without parameters, expected one; add it to a public class");
    }
  }

  /** One built against another api may lack some, which only a call would show. */
  private static void requireAllMethods(Class<?> type) throws Unusable {
    List<String> missing = new ArrayList<>();
    for (Method method : Plugin.class.getMethods()) {
      try {
        Method found = type.getMethod(method.getName(), method.getParameterTypes());
        if (Modifier.isAbstract(found.getModifiers())) {
          missing.add(method.getName());
        }
      } catch (NoSuchMethodException e) {
        throw new IllegalStateException(type + " inherits what it implements", e);
      }
    }
    if (!missing.isEmpty()) {
      throw new Unusable(
          "found a plugin without "
              + missing.stream().sorted().collect(Collectors.joining(", "))
              + ", which "
              + HostModules.API
              + " asks for; build it against the version of this Continuo");
    }
  }
}
