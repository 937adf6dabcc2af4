package org.continuo.streams.files;

import java.io.IOException;
import java.io.Reader;
import java.util.List;

/** How a file holds its records. */
interface RecordFormat {
  /** Of the file's name, without the dot. */
  String extension();

  /**
   * All records that can be read; what cannot is reported with its line.
   *
   * @throws java.nio.charset.CharacterCodingException if the file is not UTF-8
   */
  List<FileRecord> read(Reader file, FileProblems problems) throws IOException;
}
