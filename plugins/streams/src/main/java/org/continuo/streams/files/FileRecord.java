package org.continuo.streams.files;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One record as a file holds it.
 *
 * @param line where it begins, from 1
 * @param fields in their order
 */
record FileRecord(long line, Map<String, FieldValue> fields) {

  /** The first of these fields that is there. */
  Optional<String> first(List<String> names) {
    return names.stream().filter(fields::containsKey).findFirst();
  }

  /** The value of a field stripped of white space; empty if it is not there or no single value. */
  Optional<String> text(String field) {
    return Optional.ofNullable(fields.get(field))
        .filter(FieldValue.Single.class::isInstance)
        .map(value -> ((FieldValue.Single) value).text().strip());
  }
}
