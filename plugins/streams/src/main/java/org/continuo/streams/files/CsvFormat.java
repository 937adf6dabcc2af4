package org.continuo.streams.files;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A header row, then one row per record; quoting as in RFC 4180; empty rows are skipped. */
final class CsvFormat implements RecordFormat {
  /** What stands between columns where it is no comma. */
  private static final List<String> DELIMITERS = List.of(",", ";", "\t", "|");

  private final String delimiter;

  CsvFormat(String delimiter) {
    this.delimiter = delimiter;
  }

  @Override
  public String extension() {
    return "csv";
  }

  @Override
  public List<FileRecord> read(Reader file, FileProblems problems) throws IOException {
    List<FileRecord> records = new ArrayList<>();
    try (CsvReader<CsvRecord> rows =
        CsvReader.builder()
            .fieldSeparator(delimiter)
            .allowMissingFields(true)
            .allowExtraFields(true)
            .ofCsvRecord(file)) {
      Iterator<CsvRecord> iterator = rows.iterator();
      if (iterator.hasNext()) {
        CsvRecord first = iterator.next();
        List<String> header = first.getFields().stream().map(String::strip).toList();
        boolean usable = usable(first.getStartingLineNumber(), header, problems);
        while (usable && iterator.hasNext()) {
          read(header, iterator.next(), records, problems);
        }
      }
    } catch (CsvParseException e) {
      String reason =
          Optional.ofNullable(e.getCause()).map(cause -> ": " + cause.getMessage()).orElse("");
      problems.add(
          "not valid CSV: %s%s; close every quote, and write a quote inside a quoted text twice"
              .formatted(e.getMessage(), reason));
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    return records;
  }

  /** Columns without a name may be many: nothing reads them. */
  private boolean usable(long line, List<String> header, FileProblems problems) {
    if (header.size() == 1) {
      Optional<String> other = DELIMITERS.stream().filter(header.get(0)::contains).findFirst();
      other.ifPresent(
          found ->
              problems.add(
                  line,
                  "found %s between the columns of the header (%s), expected %s; set delimiter = %s"
                      .formatted(quoted(found), header.get(0), quoted(delimiter), quoted(found))));
      if (other.isPresent()) {
        return false;
      }
    }
    List<String> twice =
        header.stream()
            .filter(column -> !column.isEmpty() && Collections.frequency(header, column) > 1)
            .distinct()
            .toList();
    if (!twice.isEmpty()) {
      problems.add(
          line,
          "found the column '%s' more than once in the header (%s), expected it once; rename or remove the others"
              .formatted(String.join("', '", twice), String.join(", ", header)));
    }
    return twice.isEmpty();
  }

  /** As an experiment file writes it. */
  private static String quoted(String delimiter) {
    return '"' + delimiter.replace("\t", "\\t") + '"';
  }

  private static void read(
      List<String> header, CsvRecord row, List<FileRecord> records, FileProblems problems) {
    long line = row.getStartingLineNumber();
    if (row.getFieldCount() != header.size()) {
      problems.add(
          line,
          "columns: found %d, expected %d as in the header (%s); quote texts that hold the delimiter"
              .formatted(row.getFieldCount(), header.size(), String.join(", ", header)));
      return;
    }
    Map<String, FieldValue> fields = new LinkedHashMap<>();
    for (int i = 0; i < header.size(); i++) {
      fields.put(header.get(i), new FieldValue.Single(row.getField(i)));
    }
    records.add(new FileRecord(line, fields));
  }
}
