package org.continuo.reports.html;

import static org.continuo.reports.html.Html.tag;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jsoup.nodes.Element;

/** What {@code charts.js} draws: one description per figure, as data. */
public final class Charts {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS);
  private final Map<String, Object> byId = new LinkedHashMap<>();

  /**
   * The place of a chart.
   *
   * @param summary what it shows and where the same numbers stand as text
   */
  public Element figure(String id, String summary, Map<String, Object> chart) {
    byId.put(id, chart);
    return tag("figure.chart").attr("id", id).attr("role", "img").attr("aria-label", summary);
  }

  boolean isEmpty() {
    return byId.isEmpty();
  }

  /** All of them as JSON that may stand inside a script element. */
  String json() {
    try {
      // "<" occurs inside strings only, where the escape means the same
      return JSON.writeValueAsString(byId).replace("<", "\\u003c");
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("maps, lists and numbers could not be written", impossible);
    }
  }

  /** Rounded to what a screen can show, so that the page stays small. */
  public static double rounded(double value) {
    if (value == 0 || !Double.isFinite(value)) {
      return 0;
    }
    double scale = Math.pow(10, 4 - Math.floor(Math.log10(Math.abs(value))));
    return Double.isFinite(scale) ? Math.round(value * scale) / scale : value;
  }
}
