package org.continuo.moecl.router;

import org.continuo.api.model.Router;
import org.continuo.api.plugin.Plugin;

/** Offers {@link SequenceSoftmax} as router {@code sequence-softmax}. */
public final class SequenceSoftmaxPlugin
    implements Plugin<Router.Factory, SequenceSoftmax.Options> {
  @Override
  public String id() {
    return "sequence-softmax";
  }

  @Override
  public String summary() {
    return "softmax of a linear gate once per sequence, on a frozen view of it";
  }

  @Override
  public Router.Factory create(SequenceSoftmax.Options options) {
    return new SequenceSoftmax.Factory(options);
  }
}
