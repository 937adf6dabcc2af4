package org.continuo.streams.files;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.Reader;
import java.util.ArrayList;
import java.util.List;

/** One JSON array of objects. */
final class JsonArrayFormat implements RecordFormat {
  @Override
  public String extension() {
    return "json";
  }

  @Override
  public List<FileRecord> read(Reader file, FileProblems problems) throws IOException {
    List<FileRecord> records = new ArrayList<>();
    try (JsonParser parser = JsonRecords.MAPPER.createParser(file)) {
      if (parser.nextToken() != JsonToken.START_ARRAY) {
        problems.add(
            "expected a JSON array of objects; one object per line is read by type = jsonl");
        return records;
      }
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        long line = parser.currentTokenLocation().getLineNr();
        JsonNode element = JsonRecords.MAPPER.readTree(parser);
        if (element.isObject()) {
          records.add(new FileRecord(line, JsonRecords.fields(element)));
        } else {
          problems.add(line, JsonRecords.notAnObject(element));
        }
      }
      if (parser.nextToken() != null) {
        problems.add(
            parser.currentTokenLocation().getLineNr(),
            "found more after the end of the array, expected one JSON array");
      }
    } catch (JsonProcessingException e) {
      problems.add(e.getLocation().getLineNr(), JsonRecords.syntax(e));
    }
    return records;
  }
}
