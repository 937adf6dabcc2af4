/** Task streams: benchmark folders, JSONL, CSV and generated tasks. */
module org.continuo.streams {
  requires org.continuo.api;
  requires com.fasterxml.jackson.databind;
  requires de.siegmar.fastcsv;
  requires org.apache.commons.text;

  provides org.continuo.api.plugin.Plugin with
      org.continuo.streams.files.CsvPlugin,
      org.continuo.streams.files.FolderPlugin,
      org.continuo.streams.files.JsonlPlugin,
      org.continuo.streams.review.ContentReviewPlugin;

  opens org.continuo.streams.files;
  opens org.continuo.streams.review;
  opens org.continuo.streams.task;
}
