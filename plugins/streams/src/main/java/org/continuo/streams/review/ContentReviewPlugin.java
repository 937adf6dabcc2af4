package org.continuo.streams.review;

import java.util.List;
import org.continuo.api.data.TaskStream;
import org.continuo.api.plugin.Plugin;

/** Offers generated content review as stream {@code content-review}. */
public final class ContentReviewPlugin implements Plugin<TaskStream.Factory, ContentReviewOptions> {
  @Override
  public String id() {
    return "content-review";
  }

  @Override
  public String summary() {
    return "generated: synthetic texts of three domains with partly contradicting review policies";
  }

  @Override
  public String source() {
    return "in the shape of the private Tencent3 tasks of MoE-CL, arXiv 2509.18133; holds none of it";
  }

  @Override
  public boolean preferred() {
    return true;
  }

  @Override
  public List<String> conflicts(ContentReviewOptions options) {
    return options.conflicts();
  }

  @Override
  public TaskStream.Factory create(ContentReviewOptions options) {
    return new ContentReview(options);
  }
}
