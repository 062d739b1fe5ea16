package dev.unroll.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.reflect.TypeToken;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is damaged, foreign, newer or too large is refused, and named. */
class ModelFileDamageTest {
  @TempDir Path folder;

  @Test
  void aTruncatedFileIsRefusedWhereverItEnds() throws IOException {
    byte[] whole = Files.readAllBytes(ModelFileTest.write(folder.resolve("m.zip")));
    Path cut = folder.resolve("cut.zip");
    for (int length = 0; length < whole.length; length++) {
      Files.write(cut, java.util.Arrays.copyOf(whole, length));
      refused(cut, "cut.zip");
    }
  }

  @Test
  void anyFlippedByteIsRefusedOrHarmless() throws IOException {
    byte[] whole = Files.readAllBytes(ModelFileTest.write(folder.resolve("m.zip")));
    Path damaged = folder.resolve("damaged.zip");
    int refused = 0;
    for (int i = 0; i < whole.length; i++) {
      byte[] bytes = whole.clone();
      bytes[i] ^= 0x55;
      Files.write(damaged, bytes);
      try (ModelFile file = ModelFile.open(damaged, "test")) {
        // Bytes of the zip that carry no content, such as time stamps, do no harm.
        assertThat(file.text("words.txt")).isEqualTo("naïve\nwörd\n");
        assertThat(file.open("numbers.bin").readAllBytes()).containsExactly(1, 2, 3);
      } catch (UserError e) {
        assertThat(e.kind()).isEqualTo(UserError.Kind.DATA);
        assertThat(e.getMessage()).contains("damaged.zip").doesNotContain("\n");
        refused++;
      }
    }
    assertThat(refused).isGreaterThan(whole.length / 2);
  }

  @Test
  void foreignFilesAreRefused() throws IOException {
    Path text = Files.writeString(folder.resolve("a.txt"), "not a zip at all");
    refused(text, "not a model file");
    refused(folder.resolve("none.zip"), "there is no such model file");
    refused(folder, "there is no such model file");
    Path zip = folder.resolve("other.zip");
    try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip))) {
      out.putNextEntry(new ZipEntry("coefficients.bin"));
    }
    refused(zip, "not a model of Unroll");
    assertThatThrownBy(() -> ModelFile.open(ModelFileTest.write(folder.resolve("m.zip")), "ner"))
        .hasMessageContaining("a model for 'test', not for 'ner'");
  }

  /** A file of {@code task} with an entry of so many megabytes of zeros, packed. */
  private Path zeros(String task, int megabytes) throws IOException {
    Path path = folder.resolve(task + ".zip");
    Path packed = folder.resolve(task + "-packed.zip");
    try (ModelFileWriter file = new ModelFileWriter(path, task)) {
      byte[] zeros = new byte[1 << 20];
      file.binary(
          "numbers.bin",
          out -> {
            for (int i = 0; i < megabytes; i++) {
              out.write(zeros);
            }
          });
      file.commit();
    }
    try (ZipFile zip = new ZipFile(path.toFile());
        ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(packed))) {
      for (ZipEntry entry : Collections.list(zip.entries())) {
        out.putNextEntry(new ZipEntry(entry.getName()));
        zip.getInputStream(entry).transferTo(out);
      }
    }
    return packed;
  }

  @Test
  void anEntryThatWasMadeToKeepItsReaderBusyIsRefused() throws IOException {
    refused(zeros("test", 65), "'numbers.bin' is more than 100 times as large as it is packed");
    try (ModelFile small = ModelFile.open(zeros("test", 3), "test")) {
      assertThat(small.size("numbers.bin")).isEqualTo(3 << 20);
    }
    try (ModelFile moments = ModelFile.open(zeros("checkpoint", 65), "checkpoint")) {
      assertThat(moments.size("numbers.bin")).isEqualTo(65 << 20);
    }
  }

  @Test
  void aNewerFormatIsRefused() throws IOException {
    Path newer = folder.resolve("newer.zip");
    try (ZipInputStream in =
            new ZipInputStream(Files.newInputStream(ModelFileTest.write(folder.resolve("m.zip"))));
        ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(newer))) {
      for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        String content = new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
        out.putNextEntry(new ZipEntry(entry.getName()));
        out.write(
            content
                .replace("\"format\": 1", "\"format\": 2")
                .getBytes(StandardCharsets.ISO_8859_1));
      }
    }
    refused(newer, "format 2 is newer than this program, which reads up to 1");
  }

  /** A gigabyte of blanks fits into a megabyte. */
  @Test
  void whatIsTooLongIsRefusedAndNotRead() throws IOException {
    String blanks = " ".repeat(5 << 20);
    Path path = folder.resolve("long.zip");
    try (ModelFileWriter file = new ModelFileWriter(path, "test")) {
      file.text("config.properties", blanks);
      file.text("words.txt", blanks);
      file.commit();
    }
    try (ModelFile file = ModelFile.open(path, "test")) {
      assertThatThrownBy(() -> file.properties("config.properties"))
          .isInstanceOf(UserError.class)
          .hasMessageEndingWith("long.zip: damaged: 'config.properties' is longer than 4 MB");
      assertThatThrownBy(() -> file.lines("words.txt", 4 << 20))
          .isInstanceOf(UserError.class)
          .hasMessageEndingWith("long.zip: damaged: 'words.txt' is longer than 4 MB");
    }
    try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(path))) {
      out.putNextEntry(new ZipEntry("unroll.json"));
      out.write(blanks.getBytes(StandardCharsets.UTF_8));
    }
    refused(path, "damaged: 'unroll.json' is longer than 4 MB");
  }

  @Test
  void jsonThatIsNothingIsRefused() {
    Path path = folder.resolve("m.zip");
    try (ModelFileWriter file = new ModelFileWriter(path, "test")) {
      file.text("labels.json", "null");
      file.text("map.json", "[1");
      file.text("metrics.json", "{\"loss\": \"2.08x\"}");
      file.commit();
    }
    try (ModelFile file = ModelFile.open(path, "test")) {
      for (String entry : List.of("labels.json", "map.json")) {
        assertThatThrownBy(() -> file.json(entry, new TypeToken<List<String>>() {}))
            .isInstanceOf(UserError.class)
            .hasMessageEndingWith("damaged: '" + entry + "' is not the JSON expected");
      }
      assertThatThrownBy(() -> file.json("metrics.json", new TypeToken<Map<String, Double>>() {}))
          .isInstanceOf(UserError.class)
          .hasMessageEndingWith("damaged: 'metrics.json' is not the JSON expected");
    }
  }

  private static void refused(Path path, String reason) {
    assertThatThrownBy(() -> ModelFile.open(path, "test").close())
        .isInstanceOf(UserError.class)
        .hasMessageContaining(reason)
        .hasMessageNotContaining("\n");
  }
}
