package org.continuo.backbone.pytorch.network;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.continuo.checkpoints.Rope;

/**
 * The tables of all ropes met so far.
 *
 * @param headSize width of one head
 */
record RotaryTables(int headSize, Map<Rope, RotaryTable> tables) {
  RotaryTables(int headSize) {
    this(headSize, new ConcurrentHashMap<>());
  }

  RotaryTable of(Rope rope) {
    return tables.computeIfAbsent(rope, r -> new RotaryTable(r, headSize));
  }
}
