package org.continuo.streams.files;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One record as a file holds it.
 *
 * @param line where it begins, from 1
 * @param fields in their order; a number or a truth value as it is written, the empty text for
 *     anything that is no single value
 */
record FileRecord(long line, Map<String, String> fields) {

  /** The value of the first of these fields that is there, stripped of white space. */
  Optional<String> first(List<String> names) {
    return names.stream()
        .filter(fields::containsKey)
        .findFirst()
        .map(fields::get)
        .map(String::strip);
  }
}
