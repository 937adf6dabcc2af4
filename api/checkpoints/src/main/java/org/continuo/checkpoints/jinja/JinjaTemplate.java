package org.continuo.checkpoints.jinja;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.continuo.api.plugin.Stability;

/** A template that was read, to be rendered with names of values. */
@Stability(Stability.Level.EVOLVING)
public final class JinjaTemplate {
  private final List<Statement> statements;

  private JinjaTemplate(List<Statement> statements) {
    this.statements = statements;
  }

  /**
   * Reads a template.
   *
   * @throws JinjaException if it holds what is not known
   */
  public static JinjaTemplate parse(String template) {
    return new JinjaTemplate(Parser.parse(template));
  }

  /**
   * What the template writes.
   *
   * @param names strings, whole numbers as {@link Long}, booleans, lists and maps of these
   * @throws JinjaException if the template raises an exception, uses what is not known, or goes on
   *     without end
   */
  public String render(Map<String, Object> names) {
    Scope scope = new Scope(names);
    scope.set("raise_exception", (Values.Function) (places, named) -> raise(places));
    scope.set("namespace", (Values.Function) (places, named) -> new LinkedHashMap<>(named));
    scope.set("dict", (Values.Function) (places, named) -> new LinkedHashMap<>(named));
    scope.set("range", (Values.Function) (places, named) -> range(places));
    StringBuilder out = new StringBuilder();
    new Execution(new Budget()).run(statements, scope, out);
    return out.toString();
  }

  private static Object raise(List<Object> message) {
    throw new Values.Refused(
        "the template refuses: " + (message.isEmpty() ? "" : Values.text(message.get(0))));
  }

  private static List<Object> range(List<Object> bounds) {
    long from = bounds.size() > 1 ? Values.index(bounds.get(0)) : 0;
    long to = Values.index(bounds.get(bounds.size() > 1 ? 1 : 0));
    long step = bounds.size() > 2 ? Values.index(bounds.get(2)) : 1;
    long count = step == 0 ? 0 : Math.max(0, (to - from + step - Long.signum(step)) / step);
    if (count > 100_000) {
      throw new Values.Refused("found a range of more than 100,000 numbers");
    }
    return new ArrayList<>(LongStream.range(0, count).mapToObj(i -> from + i * step).toList());
  }
}
