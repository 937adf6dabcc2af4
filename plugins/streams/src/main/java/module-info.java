/** Task streams: benchmark folders, JSONL, CSV and generated tasks. */
module org.continuo.streams {
  requires org.continuo.api;
  requires com.fasterxml.jackson.databind;
  requires de.siegmar.fastcsv;

  provides org.continuo.api.plugin.Plugin with
      org.continuo.streams.corpus.GeneratedTextPlugin;

  opens org.continuo.streams.corpus;
}
