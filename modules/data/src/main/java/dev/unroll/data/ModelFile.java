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
import java.security.DigestInputStream;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/**
 * A model on disk: one zip with all that prediction needs and where it came from. {@link
 * ModelFileWriter} writes it.
 *
 * <p>The entry {@value #MANIFEST} says what the file is (format, task, version) and gives the
 * SHA-256 of every other entry; all are checked when the file is opened, so that a reader of an
 * entry need not expect damage. Entries are text, JSON, properties or plain floats: nothing in the
 * file names a class, and nothing is deserialised by Java.
 */
public final class ModelFile implements AutoCloseable {
  /** The format that this version writes, and the newest that it reads. */
  public static final int FORMAT = 1;

  static final String MANIFEST = "unroll.json";
  private static final int LARGEST_TEXT = 1 << 30;

  /** What {@value ModelFile#MANIFEST} holds. */
  record Manifest(int format, String task, String version, Map<String, String> sha256) {}

  private final Path path;
  private final ZipFile zip;
  private final Manifest manifest;

  private ModelFile(Path path, ZipFile zip, Manifest manifest) {
    this.path = path;
    this.zip = zip;
    this.manifest = manifest;
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
    ZipFile zip;
    try {
      zip = new ZipFile(path.toFile());
    } catch (ZipException e) {
      throw UserError.data(path, "not a model file, or a truncated one (" + e.getMessage() + ")");
    } catch (IOException e) {
      throw UserError.data(path, "cannot be read: " + e.getMessage(), e);
    }
    try {
      Manifest manifest = manifest(path, zip, task);
      verify(path, zip, manifest);
      return new ModelFile(path, zip, manifest);
    } catch (RuntimeException e) {
      closeAfter(zip, e);
      throw e;
    }
  }

  private static Manifest manifest(Path path, ZipFile zip, String task) {
    ZipEntry entry = zip.getEntry(MANIFEST);
    if (entry == null) {
      throw UserError.data(path, "a zip, but not a model of Unroll (it has no " + MANIFEST + ")");
    }
    Manifest manifest;
    try (InputStream in = zip.getInputStream(entry)) {
      String json = new String(in.readNBytes(LARGEST_TEXT), StandardCharsets.UTF_8);
      manifest = new Gson().fromJson(json, Manifest.class);
    } catch (IOException | JsonParseException e) {
      throw UserError.data(path, "damaged: " + MANIFEST + " cannot be read", e);
    }
    if (manifest == null || manifest.task() == null || manifest.sha256() == null) {
      throw UserError.data(path, "damaged: " + MANIFEST + " is incomplete");
    }
    if (manifest.format() > FORMAT) {
      throw UserError.data(
          path,
          "format %d is newer than this program, which reads up to %d; upgrade Unroll to %s or later"
              .formatted(manifest.format(), FORMAT, manifest.version()));
    }
    if (!manifest.task().equals(task)) {
      throw UserError.data(
          path, "a model for '" + manifest.task() + "', not for '" + task + "'; name another file");
    }
    return manifest;
  }

  private static void verify(Path path, ZipFile zip, Manifest manifest) {
    for (var expected : new TreeMap<>(manifest.sha256()).entrySet()) {
      ZipEntry entry = zip.getEntry(expected.getKey());
      if (entry == null) {
        throw UserError.data(path, "damaged: '" + expected.getKey() + "' is missing");
      }
      try (InputStream in = new DigestInputStream(zip.getInputStream(entry), Sha256.create())) {
        in.transferTo(java.io.OutputStream.nullOutputStream());
        String actual = Sha256.hex(((DigestInputStream) in).getMessageDigest());
        if (!actual.equals(expected.getValue())) {
          throw UserError.data(
              path, "damaged: the checksum of '" + expected.getKey() + "' is wrong");
        }
      } catch (IOException e) {
        throw UserError.data(path, "damaged: '" + expected.getKey() + "' cannot be read", e);
      }
    }
  }

  /** Whether there is an entry of this name. */
  public boolean has(String name) {
    return manifest.sha256().containsKey(name);
  }

  /** An entry, as it was written. */
  public InputStream open(String name) {
    ZipEntry entry = manifest.sha256().containsKey(name) ? zip.getEntry(name) : null;
    if (entry == null) {
      throw UserError.data(path, "damaged: '" + name + "' is missing");
    }
    try {
      return new BufferedInputStream(zip.getInputStream(entry), 1 << 16);
    } catch (IOException e) {
      throw UserError.data(path, "cannot be read: " + e.getMessage(), e);
    }
  }

  /** An entry of UTF-8 text. */
  public String text(String name) {
    try (InputStream in = open(name)) {
      return new String(in.readNBytes(LARGEST_TEXT), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw UserError.data(path, "cannot be read: " + e.getMessage(), e);
    }
  }

  /** An entry of UTF-8 text, line by line. */
  public LineReader lines(String name) {
    return TextSource.of(path + "!" + name, open(name)).open();
  }

  /** An entry of properties. */
  public Map<String, String> properties(String name) {
    Properties properties = new Properties();
    try {
      properties.load(new StringReader(text(name)));
    } catch (IOException | IllegalArgumentException e) {
      throw UserError.data(path, "damaged: '" + name + "' is not a properties file", e);
    }
    Map<String, String> map = new TreeMap<>();
    properties.forEach((key, value) -> map.put((String) key, (String) value));
    return map;
  }

  /** An entry of JSON. */
  public <T> T json(String name, TypeToken<T> type) {
    try {
      return new Gson().fromJson(text(name), type);
    } catch (JsonParseException e) {
      throw UserError.data(path, "damaged: '" + name + "' is not the JSON expected", e);
    }
  }

  /** Where the checkpoint of a training that makes {@code model} lies. */
  public static Path checkpoint(Path model) {
    return model.resolveSibling(model.getFileName() + ".checkpoint");
  }

  /** Where the file lies. */
  public Path path() {
    return path;
  }

  @Override
  public void close() {
    try {
      zip.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void closeAfter(ZipFile zip, RuntimeException failure) {
    try {
      zip.close();
    } catch (IOException e) {
      failure.addSuppressed(e);
    }
  }
}
