package org.continuo.backbone.pytorch.scratch.bpe;

/** Two neighbouring tokens that become one, both in byte symbols. */
record Merge(String left, String right) {
  String joined() {
    return left + right;
  }
}
