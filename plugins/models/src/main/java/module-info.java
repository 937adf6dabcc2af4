/** Where models come from that an experiment file names as {@code HUB:NAME}. */
module org.continuo.models {
  requires org.continuo.api;
  requires org.continuo.checkpoints;
  requires com.fasterxml.jackson.databind;
  requires java.net.http;
  requires me.tongfei.progressbar;

  uses java.util.spi.ToolProvider;

  provides org.continuo.api.plugin.Plugin with
      org.continuo.models.EmbeddedModelsPlugin,
      org.continuo.models.huggingface.HuggingFaceHubPlugin;
}
