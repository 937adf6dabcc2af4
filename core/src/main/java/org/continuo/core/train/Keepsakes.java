package org.continuo.core.train;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.TreeMap;
import org.continuo.api.tensor.Tensors;

/** Copies that strategies asked to keep: snapshots, Fisher information, task vectors. */
@Singleton
final class Keepsakes {
  private final Scopes scopes;
  private final Map<String, Tensors> kept = new TreeMap<>();

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
