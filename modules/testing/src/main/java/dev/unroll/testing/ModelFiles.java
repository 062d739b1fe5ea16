package dev.unroll.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import com.google.gson.JsonParser;
import dev.unroll.data.ModelFileWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.function.UnaryOperator;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** Model files as somebody may write them who means harm: their checksums are right. */
public final class ModelFiles {
  private static final String MANIFEST = "unroll.json";
  private static final Duration LONGEST = Duration.ofSeconds(20);

  private ModelFiles() {}

  /**
   * Copies a model file, with one of its entries changed.
   *
   * @return {@code target}
   */
  public static Path changed(Path good, Path target, String entry, UnaryOperator<byte[]> change) {
    try (ZipFile zip = new ZipFile(good.toFile());
        ModelFileWriter file = new ModelFileWriter(target, task(zip))) {
      for (ZipEntry each : Collections.list(zip.entries())) {
        byte[] bytes = read(zip, each.getName());
        byte[] written = each.getName().equals(entry) ? change.apply(bytes) : bytes;
        if (!each.getName().equals(MANIFEST)) {
          file.binary(each.getName(), out -> out.write(written));
        }
      }
      file.commit();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return target;
  }

  /**
   * The same with what a regular expression finds first in an entry of text replaced; fails if that
   * changes nothing.
   */
  public static Path changed(Path good, Path target, String entry, String what, String by) {
    return changed(
        good,
        target,
        entry,
        bytes -> {
          String text = new String(bytes, StandardCharsets.UTF_8);
          String changed = text.replaceFirst(what, by);
          assertThat(changed).as(entry).isNotEqualTo(text);
          return changed.getBytes(StandardCharsets.UTF_8);
        });
  }

  /**
   * Fails unless a file is refused before long, with one line for the user that names it and has
   * the reason.
   */
  public static void assertRefused(Path file, String reason, Runnable read) {
    assertTimeoutPreemptively(
        LONGEST,
        () -> assertThat(Damage.refusal(reason, file, read).orElse("read")).contains(reason));
  }

  private static String task(ZipFile zip) throws IOException {
    String manifest = new String(read(zip, MANIFEST), StandardCharsets.UTF_8);
    return JsonParser.parseString(manifest).getAsJsonObject().get("task").getAsString();
  }

  private static byte[] read(ZipFile zip, String entry) throws IOException {
    return zip.getInputStream(zip.getEntry(entry)).readAllBytes();
  }
}
