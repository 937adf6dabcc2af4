package org.continuo.streams.files;

/** Offers benchmark folders as stream {@code folder}. */
public final class FolderPlugin extends TaskFilesPlugin {
  @Override
  public String id() {
    return "folder";
  }

  @Override
  public String summary() {
    return "benchmark tasks: ROOT/TASK/{train,dev,test}.json, each an array of objects";
  }

  @Override
  public String source() {
    return "layout of CL_Benchmark, Wang et al. 2023, O-LoRA, arXiv 2310.14152";
  }

  @Override
  RecordFormat format(FileOptions options) {
    return new JsonArrayFormat();
  }
}
