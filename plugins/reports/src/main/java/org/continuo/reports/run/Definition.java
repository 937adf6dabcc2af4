package org.continuo.reports.run;

import java.util.Optional;

/** What a metric means; everything but the name may be absent. */
public record Definition(
    String name,
    String title,
    Optional<String> definition,
    Optional<String> formula,
    Optional<String> source,
    Optional<Boolean> higherIsBetter) {
  static Optional<Definition> of(Fields fields) {
    return fields
        .text("name")
        .map(
            name ->
                new Definition(
                    name,
                    fields.text("title").orElse(name),
                    fields.text("definition"),
                    fields.text("formula"),
                    fields.text("source"),
                    fields.flag("higherIsBetter")));
  }

  static Definition unknown(String name) {
    return new Definition(
        name, name, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
  }
}
