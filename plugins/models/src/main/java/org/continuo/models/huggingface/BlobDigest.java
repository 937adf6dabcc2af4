package org.continuo.models.huggingface;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.continuo.checkpoints.files.Sha256;

/** By which of two digests the hub knows a file. */
enum BlobDigest {
  /** Of those that git-lfs keeps. */
  SHA256 {
    @Override
    String of(Path file) throws IOException {
      return new Sha256().add(file).hex();
    }
  },
  /** Of those in git itself, which puts a line before the bytes. */
  GIT {
    @Override
    String of(Path file) throws IOException {
      MessageDigest digest = sha1();
      digest.update(("blob " + Files.size(file) + "\0").getBytes(StandardCharsets.US_ASCII));
      try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
        in.transferTo(OutputStream.nullOutputStream());
      }
      return HexFormat.of().formatHex(digest.digest());
    }
  };

  private static final int SHA256_DIGITS = 64;

  /** The one that a digest is of. */
  static BlobDigest like(String digest) {
    return digest.length() == SHA256_DIGITS ? SHA256 : GIT;
  }

  /** In lower-case hex digits. */
  abstract String of(Path file) throws IOException;

  private static MessageDigest sha1() {
    try {
      return MessageDigest.getInstance("SHA-1");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-1", e);
    }
  }
}
