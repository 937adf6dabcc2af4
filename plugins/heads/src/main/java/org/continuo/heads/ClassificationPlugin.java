package org.continuo.heads;

import org.continuo.api.learning.Head;
import org.continuo.api.learning.Host;
import org.continuo.api.plugin.Plugin;

/** Offers {@link ClassificationHead} as head {@code classification}. */
public final class ClassificationPlugin
    implements Plugin<Head.Factory, ClassificationHead.Options> {
  static final String ID = "classification";

  @Override
  public String id() {
    return ID;
  }

  @Override
  public String summary() {
    return "a linear classifier per task on the summary state of the prompt";
  }

  @Override
  public boolean preferred() {
    return true;
  }

  @Override
  public Head.Factory create(ClassificationHead.Options options) {
    return new Head.Factory() {
      @Override
      public Head create(Host host) {
        return new ClassificationHead(options, host);
      }

      @Override
      public String score(String task) {
        return LabelChoice.ACCURACY;
      }
    };
  }
}
