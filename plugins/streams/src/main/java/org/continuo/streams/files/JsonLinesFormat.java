package org.continuo.streams.files;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.LineNumberReader;
import java.io.Reader;
import java.util.ArrayList;
import java.util.List;

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
    try (JsonParser parser = JsonRecords.MAPPER.createParser(text)) {
      JsonNode node = JsonRecords.MAPPER.readTree(parser);
      if (parser.nextToken() != null) {
        problems.add(line, "found more after the object, expected one object per line");
      } else if (node.isObject()) {
        records.add(new FileRecord(line, JsonRecords.fields(node)));
      } else {
        problems.add(line, JsonRecords.notAnObject(node));
      }
    } catch (JsonProcessingException e) {
      problems.add(line, JsonRecords.syntax(e));
    }
  }
}
