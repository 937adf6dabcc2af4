package org.continuo.streams.files;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.LineNumberReader;
import java.io.Reader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** One JSON object per line; blank lines are skipped and not counted as records. */
final class JsonLinesFormat implements RecordFormat {
  @Override
  public String extension() {
    return "jsonl";
  }

  @Override
  public List<FileRecord> read(Reader file, FileProblems problems) throws IOException {
    List<FileRecord> records = new ArrayList<>();
    LineNumberReader lines = new LineNumberReader(file);
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      if (!line.isBlank()) {
        read(lines.getLineNumber(), line, records, problems);
      }
    }
    return records;
  }

  private static void read(long line, String text, List<FileRecord> records, FileProblems problems)
      throws IOException {
    try (JsonParser parser = JsonRecords.FORMAT.createParser(text)) {
      try {
        JsonToken token = parser.nextToken();
        if (token != JsonToken.START_OBJECT) {
          problems.add(line, JsonRecords.notAnObject(token));
          return;
        }
        Map<String, FieldValue> fields = JsonRecords.fields(parser);
        if (parser.nextToken() == null) {
          records.add(new FileRecord(line, fields));
        } else {
          problems.add(line, "found more after the object, expected one object per line");
        }
      } catch (JsonProcessingException e) {
        problems.add(line, JsonRecords.syntax(e, parser));
      }
    }
  }
}
