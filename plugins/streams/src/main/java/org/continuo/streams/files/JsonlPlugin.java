package org.continuo.streams.files;

/** Offers JSON lines as stream {@code jsonl}. */
public final class JsonlPlugin extends TaskFilesPlugin {
  @Override
  public String id() {
    return "jsonl";
  }

  @Override
  public String summary() {
    return "tasks as JSON lines: ROOT/TASK/{train,dev,test}.jsonl, one object per line";
  }

  @Override
  RecordFormat format(FileOptions options) {
    return new JsonLinesFormat();
  }
}
