package dev.unroll.data;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.zip.ZipException;

/**
 * The bytes of a {@link TextSource}, unpacked if they were gzip, and the SHA-256 digest of the
 * bytes as they are stored. Failures to read are {@link UserError}s; only {@link #close} is silent.
 */
public final class ByteSource extends InputStream {
  private static final int BUFFER = 1 << 16;

  private final String name;
  private final DigestInputStream digested;
  private final BufferedInputStream in;
  private boolean ended;

  ByteSource(String name, InputStream stored) {
    this.name = name;
    this.digested = new DigestInputStream(stored, Sha256.create());
    try {
      BufferedInputStream raw = new BufferedInputStream(digested, BUFFER);
      boolean gzip = GzipMembers.startsAt(raw);
      this.in = gzip ? new BufferedInputStream(new GzipMembers(raw), BUFFER) : raw;
    } catch (IOException e) {
      close();
      throw failure(e);
    }
  }

  /** What messages call it. */
  public String name() {
    return name;
  }

  @Override
  public int read() {
    try {
      int b = in.read();
      ended |= b < 0;
      return b;
    } catch (IOException e) {
      throw failure(e);
    }
  }

  /** The next bytes, at most {@code length}, which stay the next. */
  public byte[] peek(int length) {
    try {
      in.mark(length);
      byte[] bytes = in.readNBytes(length);
      in.reset();
      return bytes;
    } catch (IOException e) {
      throw failure(e);
    }
  }

  @Override
  public int read(byte[] bytes, int offset, int length) {
    try {
      int n = in.read(bytes, offset, length);
      ended |= n < 0;
      return n;
    } catch (IOException e) {
      throw failure(e);
    }
  }

  /**
   * The SHA-256 of the stored bytes in hexadecimal, as {@code sha256sum} prints it for the file.
   *
   * @throws IllegalStateException before the end was read
   */
  public String digest() {
    if (!ended) {
      throw new IllegalStateException(name + ": the digest is known only at the end");
    }
    return HexFormat.of().formatHex(clone(digested.getMessageDigest()).digest());
  }

  @Override
  public void close() {
    try {
      digested.close();
    } catch (IOException e) {
      // Everything wanted has been read.
    }
  }

  private UserError failure(IOException e) {
    if (e instanceof ZipException || e instanceof EOFException) {
      String reason = e.getMessage() == null ? "it ends early" : e.getMessage();
      return UserError.data(name, "damaged gzip file (" + reason + "); copy it again");
    }
    return UserError.data(name, "cannot be read (" + e.getMessage() + ")");
  }

  private static MessageDigest clone(MessageDigest digest) {
    try {
      return (MessageDigest) digest.clone();
    } catch (CloneNotSupportedException e) {
      throw new IllegalStateException("the platform's SHA-256 can be cloned", e);
    }
  }
}
