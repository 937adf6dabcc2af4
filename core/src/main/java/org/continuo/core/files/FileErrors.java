package org.continuo.core.files;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.Optional;

/** What the system says of a file, for people: the exceptions hold the path and hide the reason. */
public final class FileErrors {
  private FileErrors() {}

  /** The path, as far as it is known, and the reason. */
  public static String explain(IOException e) {
    if (e instanceof FileAlreadyExistsException) {
      return e.getMessage() + " is there already and is not what is to be written";
    }
    if (e instanceof NoSuchFileException) {
      return e.getMessage() + " does not exist";
    }
    if (e instanceof AccessDeniedException denied) {
      return denied.getFile() + ": permission denied";
    }
    String reason = String.valueOf(e.getMessage());
    boolean plain = e instanceof FileSystemException || e.getClass() == IOException.class;
    return plain ? reason : e.getClass().getSimpleName() + ": " + reason;
  }

  /** That of the first error of files among the causes of another. */
  public static Optional<String> behind(Throwable e) {
    Throwable cause = e.getCause();
    while (cause != null && !(cause instanceof IOException)) {
      cause = cause.getCause();
    }
    return Optional.ofNullable((IOException) cause).map(FileErrors::explain);
  }
}
