package dev.unroll.data;

import static dev.unroll.data.UserError.setting;

import com.google.gson.Gson;
import com.google.gson.JsonParseException;
import com.google.gson.reflect.TypeToken;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/**
 * A model on disk: one zip with all that prediction needs and where it came from. {@link
 * ModelFileWriter} writes it.
 *
 * <p>The entry {@value Manifest#ENTRY} says what the file is (format, task, version) and gives
 * checksums of every other entry; all are checked when the file is opened, so that a reader of an
 * entry need not expect damage. Entries are text, JSON, properties or plain floats: nothing in the
 * file names a class, and nothing is deserialised by Java.
 */
public final class ModelFile implements AutoCloseable {
  /** The format that this version writes, and the newest that it reads. */
  public static final int FORMAT = 1;

  /** Entries that are read as a whole are lists and settings; text of any length has lines. */
  private static final int LARGEST_TEXT = 1 << 22;

  private static final int LARGEST_LINES = 1 << 27;

  private final String name;
  private final ZipFile zip;
  private final Optional<Path> spooled;
  private final Manifest manifest;
  private final Map<String, Long> sizes;

  /** What the names of the entries begin with; empty for a file as a whole. */
  private final String folder;

  private ModelFile(String name, ZipFile zip, Optional<Path> spooled, String task) {
    this.name = name;
    this.zip = zip;
    this.spooled = spooled;
    this.folder = "";
    this.manifest = manifest(task);
    this.sizes = Checksums.verify(zip, manifest, this);
  }

  private ModelFile(ModelFile whole, String folder) {
    this.name = whole.name + "!" + folder;
    this.zip = whole.zip;
    this.spooled = Optional.empty();
    this.folder = whole.folder + folder;
    this.manifest = whole.manifest;
    this.sizes = whole.sizes;
  }

  /**
   * Opens a model and checks it whole.
   *
   * @param task the task that it must have been made for, such as {@code sentiment}
   * @throws UserError if the file is missing, damaged, truncated, foreign, newer than this program
   *     or made for another task
   */
  public static ModelFile open(Path path, String task) {
    if (Files.exists(path) && !Files.isRegularFile(path) && !Files.isDirectory(path)) {
      throw UserError.data(
          path, "is a pipe or a device; a model is read from a file, so copy it to one");
    }
    if (!Files.isRegularFile(path)) {
      throw UserError.data(path, "there is no such model file; name one with " + setting("model"));
    }
    return open(path, path.toString(), Optional.empty(), task);
  }

  /**
   * Reads a model from a stream to its end, and checks it whole. It lies in a temporary file until
   * it is closed, so that memory does not grow with it.
   *
   * @param in is not closed
   * @param name what messages call it
   * @param task as above
   * @throws UserError as above; of kind {@code FAILED} if there is no room for the temporary file
   */
  public static ModelFile open(InputStream in, String name, String task) {
    Path spooled;
    try {
      spooled = Files.createTempFile("unroll", ".zip");
    } catch (IOException e) {
      throw UserError.failed("no temporary file for " + name + ": " + e.getMessage(), e);
    }
    try {
      Files.copy(in, spooled, StandardCopyOption.REPLACE_EXISTING);
      return open(spooled, name, Optional.of(spooled), task);
    } catch (IOException e) {
      delete(spooled);
      throw UserError.failed(
          "%s: cannot be copied to %s (%s)".formatted(name, spooled, e.getMessage()), e);
    } catch (RuntimeException e) {
      delete(spooled);
      throw e;
    }
  }

  /** The task that a file is a model of; empty if it is none. Nothing else of it is looked at. */
  public static Optional<String> task(Path path) {
    return Manifest.task(path, LARGEST_TEXT);
  }

  private static ModelFile open(Path path, String name, Optional<Path> spooled, String task) {
    ZipFile zip;
    try {
      zip = new ZipFile(path.toFile());
    } catch (ZipException e) {
      throw UserError.data(name, "not a model file, or a truncated one (" + e.getMessage() + ")");
    } catch (IOException e) {
      throw UserError.data(name, "cannot be read: " + e.getMessage(), e);
    }
    try {
      return new ModelFile(name, zip, spooled, task);
    } catch (RuntimeException e) {
      closeAfter(zip, e);
      throw e;
    }
  }

  private Manifest manifest(String task) {
    ZipEntry entry = zip.getEntry(Manifest.ENTRY);
    if (entry == null) {
      throw UserError.data(
          name, "a zip, but not a model of Unroll (it has no " + Manifest.ENTRY + ")");
    }
    try (CheckedInputStream in = new CheckedInputStream(zip.getInputStream(entry), new CRC32())) {
      String json = text(in, Manifest.ENTRY);
      if (in.getChecksum().getValue() != entry.getCrc()) { // nothing else tells of it
        throw damaged("the checksum of '" + Manifest.ENTRY + "' is wrong");
      }
      Manifest manifest = Manifest.parse(json, this);
      manifest.check(name, task);
      return manifest;
    } catch (IOException e) {
      throw damaged(Manifest.ENTRY + " cannot be read", e);
    }
  }

  /**
   * A model within this one: the entries whose names begin with {@code folder}, under what is left
   * of their names. It is open for as long as this file is, and need not be closed.
   *
   * @param folder such as {@code forward/}
   */
  public ModelFile within(String folder) {
    return new ModelFile(this, folder);
  }

  /** An error that says what is wrong with this file. */
  public UserError damaged(String what) {
    return damaged(what, null);
  }

  UserError damaged(String what, Throwable cause) {
    return UserError.data(name, "damaged: " + what, cause);
  }

  /** The number of bytes of an entry. */
  public long size(String entry) {
    if (!has(entry)) {
      throw damaged("'" + entry + "' is missing");
    }
    return sizes.get(folder + entry);
  }

  /** Whether there is an entry of this name. */
  public boolean has(String name) {
    return sizes.containsKey(folder + name);
  }

  /** An entry, as it was written. */
  public InputStream open(String entry) {
    size(entry); // which refuses what is not there
    try {
      return new BufferedInputStream(zip.getInputStream(zip.getEntry(folder + entry)), 1 << 16);
    } catch (IOException e) {
      throw UserError.data(name, "cannot be read: " + e.getMessage(), e);
    }
  }

  /** An entry of UTF-8 text, at most 4 MB of it. */
  public String text(String entry) {
    try (InputStream in = open(entry)) {
      return text(in, entry);
    } catch (IOException e) {
      throw UserError.data(name, "cannot be read: " + e.getMessage(), e);
    }
  }

  private String text(InputStream in, String entry) throws IOException {
    byte[] bytes = in.readNBytes(LARGEST_TEXT + 1);
    if (bytes.length > LARGEST_TEXT) {
      throw damaged("'%s' is longer than %d MB".formatted(entry, LARGEST_TEXT >> 20));
    }
    return new String(bytes, StandardCharsets.UTF_8);
  }

  /** An entry of UTF-8 text, line by line, at most 128 MB of it. */
  public LineReader lines(String entry) {
    return lines(entry, LARGEST_LINES);
  }

  /** The same, with at most so many bytes. */
  LineReader lines(String entry, int longest) {
    if (size(entry) > longest) {
      throw damaged("'%s' is longer than %d MB".formatted(entry, longest >> 20));
    }
    return TextSource.of(name + "!" + entry, open(entry)).open();
  }

  /** An entry of properties. */
  public Map<String, String> properties(String entry) {
    Properties properties = new Properties();
    try {
      properties.load(new StringReader(text(entry)));
    } catch (IOException | IllegalArgumentException e) {
      throw damaged("'" + entry + "' is not a properties file", e);
    }
    Map<String, String> map = new TreeMap<>();
    properties.forEach((key, value) -> map.put((String) key, (String) value));
    return map;
  }

  /** An entry of JSON, which is not {@code null}. */
  public <T> T json(String entry, TypeToken<T> type) {
    T value;
    try {
      value = new Gson().fromJson(text(entry), type);
    } catch (JsonParseException | NumberFormatException e) { // Gson lets the second through
      throw damaged("'" + entry + "' is not the JSON expected", e);
    }
    if (value == null) {
      throw damaged("'" + entry + "' is not the JSON expected");
    }
    return value;
  }

  /** Where the checkpoint of a training that makes {@code model} lies. */
  public static Path checkpoint(Path model) {
    return model.resolveSibling(model.getFileName() + ".checkpoint");
  }

  /** What messages call the file. */
  public String name() {
    return name;
  }

  @Override
  public void close() {
    if (!folder.isEmpty()) {
      return; // it is part of another
    }
    try {
      zip.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      spooled.ifPresent(ModelFile::delete);
    }
  }

  private static void delete(Path spooled) {
    spooled.toFile().delete(); // in the folder for temporary files it does no harm
  }

  private static void closeAfter(ZipFile zip, RuntimeException failure) {
    try {
      zip.close();
    } catch (IOException e) {
      failure.addSuppressed(e);
    }
  }
}
