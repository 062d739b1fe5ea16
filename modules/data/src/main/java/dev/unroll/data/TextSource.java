package dev.unroll.data;

import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Somewhere that text comes from: a file, or standard input under the name {@code -}, and the
 * charset that it is in. Gzip is recognised by its first bytes, whatever the name of the file.
 *
 * <p>Nothing is opened before {@link #open()}, {@link #openReader()} or {@link #openBytes()}; what
 * cannot be opened is a {@link UserError}. A source over a stream can be opened once, and so can a
 * named pipe or what a shell makes of {@code <(command)}; see {@link #reopenable()}.
 */
public final class TextSource {
  /** Most bytes of a stream that are kept in memory to be read again. */
  private static final int KEPT = 1 << 20;

  /** The name that stands for standard input on a command line. */
  public static final String STANDARD_INPUT = "-";

  private final String name;
  private final Path path;
  private final Supplier<InputStream> stream;
  private final Charset charset;

  private TextSource(String name, Path path, Supplier<InputStream> stream, Charset charset) {
    this.name = name;
    this.path = path;
    this.stream = stream;
    this.charset = charset;
  }

  /** A file by name, or standard input for {@code -}; UTF-8. */
  public static TextSource of(String location) {
    if (location.equals(STANDARD_INPUT)) {
      return of("standard input", unclosed(System.in));
    }
    try {
      return of(Path.of(location));
    } catch (InvalidPathException e) {
      throw UserError.data(location, "not a file name: " + e.getReason());
    }
  }

  /** A file; UTF-8. */
  public static TextSource of(Path path) {
    return new TextSource(path.toString(), path, null, StandardCharsets.UTF_8);
  }

  /** A stream that is open already, under a name for messages; UTF-8. */
  public static TextSource of(String name, InputStream stream) {
    return new TextSource(name, null, () -> stream, StandardCharsets.UTF_8);
  }

  /** The same place read in another charset. */
  public TextSource withCharset(Charset other) {
    return new TextSource(name, path, stream, other);
  }

  /** The charset that {@code --charset} names; Java calls latin-1 latin1. */
  public static Charset charset(String charsetName) {
    try {
      return Charset.forName(charsetName.replaceFirst("^(?i:latin)[-_ ](\\d+)$", "latin$1"));
    } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
      throw UserError.usage(
          "must be a character set such as UTF-8, latin-1 or windows-1252, got '"
              + charsetName
              + "'");
    }
  }

  /** What messages call it: the path as it was given, or {@code standard input}. */
  public String name() {
    return name;
  }

  /** The file, unless it is a stream. */
  public Optional<Path> path() {
    return Optional.ofNullable(path);
  }

  /** The character set in which its bytes are read. */
  public Charset charset() {
    return charset;
  }

  /** Whether it is a folder, which only readers of folders can make something of. */
  public boolean isDirectory() {
    return path != null && Files.isDirectory(path);
  }

  /**
   * The same bytes from where they can be read again and again: the source itself if it is a file;
   * or else a copy, in memory up to 1 MiB, and beyond that in a temporary file, which is deleted
   * when the program ends. Messages call it by the same name.
   *
   * @throws UserError if it cannot be read, or not be copied
   */
  public TextSource reopenable() {
    if (path != null && Files.isRegularFile(path)) {
      return this;
    }
    try (InputStream in = openRaw()) {
      byte[] head = in.readNBytes(KEPT);
      if (head.length < KEPT) {
        return new TextSource(name, null, () -> new ByteArrayInputStream(head), charset);
      }
      Path copy = Files.createTempFile("unroll-text", ".tmp");
      copy.toFile().deleteOnExit();
      try (OutputStream out = Files.newOutputStream(copy)) {
        out.write(head);
        in.transferTo(out);
      }
      return new TextSource(name, copy, null, charset);
    } catch (IOException e) {
      throw UserError.failed(
          "%s: cannot be copied to %s, to be read again (%s)"
              .formatted(name, System.getProperty("java.io.tmpdir"), e.getMessage()),
          e);
    }
  }

  /** Opens it to be read line by line. */
  public LineReader open() {
    return new LineReader(openReader(), LineReader.MAX_LINE_LENGTH);
  }

  /** Opens it to be read as characters, line breaks included. */
  public TextReader openReader() {
    return new TextReader(openBytes(), charset);
  }

  /** Opens it to be read as bytes, unpacked if they were gzip. */
  public ByteSource openBytes() {
    return new ByteSource(name, openRaw());
  }

  private InputStream openRaw() {
    if (stream != null) {
      return stream.get();
    }
    if (Files.isDirectory(path)) {
      throw UserError.data(name, "is a folder; give a file");
    }
    try {
      InputStream file = Files.newInputStream(path);
      return Files.isRegularFile(path) ? file : pipe(file);
    } catch (NoSuchFileException e) {
      throw UserError.data(name, "no such file; check the name");
    } catch (AccessDeniedException e) {
      throw UserError.data(name, "may not be read; check its permissions");
    } catch (IOException e) {
      throw UserError.data(path, "cannot be opened (" + e.getMessage() + ")", e);
    }
  }

  /** Java finds out how much is available by seeking, which fails where that cannot be done. */
  private static InputStream pipe(InputStream in) {
    return new FilterInputStream(in) {
      @Override
      public int available() {
        return 0;
      }
    };
  }

  /** Closing a reader of standard input must not close it for the rest of the program. */
  private static InputStream unclosed(InputStream in) {
    return new FilterInputStream(in) {
      @Override
      public int read(byte[] bytes, int offset, int length) throws IOException {
        return in.read(bytes, offset, length);
      }

      @Override
      public void close() {
        // Left open on purpose.
      }
    };
  }

  @Override
  public String toString() {
    return name;
  }
}
