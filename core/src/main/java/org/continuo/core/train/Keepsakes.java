package org.continuo.core.train;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.continuo.api.data.Example;
import org.continuo.api.tensor.Tensors;

/** What strategies asked to keep: snapshots, Fisher information, task vectors, examples. */
@Singleton
final class Keepsakes {
  private final Scopes scopes;
  private final Map<String, Tensors> kept = new TreeMap<>();
  private final Map<String, List<Example>> examples = new TreeMap<>();
  private final Map<String, List<Example>> made = new TreeMap<>();

  @Inject
  Keepsakes(Scopes scopes) {
    this.scopes = scopes;
  }

  void keep(String name, Tensors tensors) {
    Tensors copies = tensors.each(scopes::keep);
    drop(name);
    kept.put(name, copies);
  }

  Tensors get(String name) {
    return kept.getOrDefault(name, Tensors.EMPTY);
  }

  void remember(String name, List<Example> some) {
    examples.put(name, List.copyOf(some));
  }

  List<Example> remembered(String name) {
    return examples.getOrDefault(name, List.of());
  }

  void rememberMade(String name, List<Example> some) {
    made.put(name, List.copyOf(some));
  }

  List<Example> made(String name) {
    return made.getOrDefault(name, List.of());
  }

  /** All that is kept, by name. */
  Map<String, Tensors> all() {
    return Collections.unmodifiableMap(kept);
  }

  /** All examples remembered, by name. */
  Map<String, List<Example>> allRemembered() {
    return Collections.unmodifiableMap(examples);
  }

  /** All examples that were made and kept, by name. */
  Map<String, List<Example>> allMade() {
    return Collections.unmodifiableMap(made);
  }

  /** Bytes of the texts and answers of all distinct examples remembered, in UTF-8. */
  long exampleBytes() {
    return bytes(examples.values());
  }

  /** The same of those that were made. */
  long madeBytes() {
    return bytes(made.values());
  }

  private static long bytes(Collection<List<Example>> kept) {
    return kept.stream()
        .flatMap(List::stream)
        .collect(Collectors.toMap(Example::id, Function.identity(), (one, same) -> one))
        .values()
        .stream()
        .mapToLong(e -> bytes(e.text()) + bytes(e.answer()))
        .sum();
  }

  private static long bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }

  void drop(String name) {
    Tensors old = kept.remove(name);
    if (old != null) {
      old.map().values().forEach(scopes::release);
    }
  }

  /** Numbers held. */
  long size() {
    return kept.values().stream()
        .flatMap(tensors -> tensors.map().values().stream())
        .mapToLong(array -> array.size())
        .sum();
  }
}
