package org.continuo.streams.corpus;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One resource file: {@code name: a, b, c} is a list of words, {@code name:} with indented lines
 * below it a list of frames, one per line.
 */
record Sections(Map<String, List<String>> words, Map<String, List<String>> frames) {

  static Sections read(String file) {
    try (InputStream stream = Sections.class.getResourceAsStream(file + ".txt")) {
      if (stream == null) {
        throw new IllegalStateException("the resource " + file + ".txt is missing from the module");
      }
      return read(file, new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8)));
    } catch (IOException e) {
      throw new UncheckedIOException("the resource " + file + ".txt cannot be read", e);
    }
  }

  private static Sections read(String file, BufferedReader reader) throws IOException {
    Map<String, List<String>> words = new LinkedHashMap<>();
    Map<String, List<String>> frames = new LinkedHashMap<>();
    List<String> section = new ArrayList<>();
    for (String line = reader.readLine(); line != null; line = reader.readLine()) {
      if (line.isBlank()) {
        continue;
      }
      if (Character.isWhitespace(line.charAt(0))) {
        section.add(line.strip());
        continue;
      }
      int colon = line.indexOf(':');
      if (colon < 0) {
        throw new IllegalStateException(
            file + ".txt: found the line '" + line + "', expected 'name: words' or an indent");
      }
      String name = line.substring(0, colon);
      String rest = line.substring(colon + 1).strip();
      section = rest.isEmpty() ? new ArrayList<>() : List.of(rest.split("\\s*,\\s*"));
      if ((rest.isEmpty() ? frames : words).put(name, section) != null) {
        throw new IllegalStateException(file + ".txt: found the section '" + name + "' twice");
      }
    }
    return new Sections(words, frames);
  }
}
