package org.continuo.streams.corpus;

import org.continuo.api.data.TaskStream;
import org.continuo.api.plugin.Plugin;

/** Documents to pre-train on, written by a grammar. */
public final class GeneratedTextPlugin
    implements Plugin<TaskStream.Factory, GeneratedText.Options> {
  @Override
  public String id() {
    return "generated-text";
  }

  @Override
  public String summary() {
    return "English documents written by a grammar, to pre-train a small language model";
  }

  @Override
  public TaskStream.Factory create(GeneratedText.Options options) {
    return seed -> GeneratedText.write(options, seed);
  }
}
