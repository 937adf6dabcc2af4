package org.continuo.streams.files;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.Reader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.continuo.streams.task.Suggestion;

/** One JSON array of objects. */
final class JsonArrayFormat implements RecordFormat {
  private static final String LINES =
      "expected a JSON array of objects; one object per line is read by type = jsonl";

  @Override
  public String extension() {
    return "json";
  }

  @Override
  public List<FileRecord> read(Reader file, FileProblems problems) throws IOException {
    List<FileRecord> records = new ArrayList<>();
    try (JsonParser parser = JsonRecords.FORMAT.createParser(file)) {
      try {
        read(parser, records, problems);
      } catch (JsonProcessingException e) {
        problems.add(JsonRecords.location(e, parser).getLineNr(), JsonRecords.syntax(e, parser));
      }
    }
    return records;
  }

  private static void read(JsonParser parser, List<FileRecord> records, FileProblems problems)
      throws IOException {
    JsonToken first = parser.nextToken();
    if (first == JsonToken.START_OBJECT) {
      problems.add(instead(parser));
      return;
    }
    if (first != JsonToken.START_ARRAY) {
      problems.add(LINES);
      return;
    }
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      long line = parser.currentTokenLocation().getLineNr();
      JsonToken token = parser.currentToken();
      if (token == JsonToken.START_OBJECT) {
        records.add(new FileRecord(line, JsonRecords.fields(parser)));
      } else {
        parser.skipChildren();
        problems.add(line, JsonRecords.notAnObject(token));
      }
    }
    if (parser.nextToken() != null) {
      problems.add(
          parser.currentTokenLocation().getLineNr(),
          "found more after the end of the array, expected one JSON array");
    }
  }

  /** An object is the first of many, one per line, or holds the array among other things. */
  private static String instead(JsonParser parser) throws IOException {
    Map<String, FieldValue> fields = JsonRecords.fields(parser);
    boolean record = fields.values().stream().allMatch(FieldValue.Single.class::isInstance);
    return record || parser.nextToken() == JsonToken.START_OBJECT
        ? LINES
        : "found one object with the fields %s, expected a JSON array of objects; write the array alone"
            .formatted(Suggestion.listed(fields.keySet()));
  }
}
