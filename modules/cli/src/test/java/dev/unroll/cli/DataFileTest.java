package dev.unroll.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unroll.data.LineReader;
import dev.unroll.data.TextSource;
import dev.unroll.data.UserError;
import dev.unroll.majority.Majority;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

class DataFileTest {
  private enum Format {
    TWO_COLUMNS,
    JSONL
  }

  @Command(name = "read")
  static final class Read {
    @Mixin FormatOptions format;
  }

  @TempDir private Path folder;

  private static FormatOptions options(String... args) {
    Read read = new Read();
    new CommandLine(read).parseArgs(args);
    return read.format;
  }

  private String write(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text).toString();
  }

  private static List<String> lines(TextSource source) {
    List<String> all = new ArrayList<>();
    try (LineReader lines = source.open()) {
      for (String line = lines.next(); line != null; line = lines.next()) {
        all.add(line);
      }
    }
    return all;
  }

  @Test
  void formatsAreNamedAsConstantsAre() {
    assertThat(options("--format", "two-columns").at("x").format(Format.class))
        .contains(Format.TWO_COLUMNS);
    assertThat(options().at("x").format(Format.class)).isEmpty();
    DataFile other = options("--format", "xml").at("x");
    assertThatThrownBy(() -> other.format(Format.class))
        .isInstanceOf(UserError.class)
        .hasMessage("format must be one of two-columns, jsonl, got 'xml'");
  }

  @Test
  void filesPartedByCommasBelongTogether() throws IOException {
    String english = write("a.en", "one\n");
    String german = write("a.de", "eins\n");
    List<TextSource> pair = options().at(english + "," + german).parallel();
    assertThat(pair.stream().map(DataFileTest::lines))
        .containsExactly(List.of("one"), List.of("eins"));
    assertThat(options().at(english).parallel()).hasSize(1);
  }

  @Test
  void aFileWithoutANameIsRefused() {
    for (String places : List.of("a.en,", ",", "a,,b")) {
      assertThatThrownBy(() -> options().at(places).parallel())
          .isInstanceOf(UserError.class)
          .hasMessageContaining("with a comma between, got '" + places + "'");
    }
  }

  @Test
  void aFileMayHaveACommaInItsName() throws IOException {
    assertThat(options().at(write("a,b.tsv", "x\n")).parallel()).hasSize(1);
  }

  @Test
  void theCharsetIsThatOfTheOptions() throws IOException {
    String file = folder.resolve("latin").toString();
    Files.write(Path.of(file), new byte[] {(byte) 0xE9, '\n'});
    DataFile data = options("--charset", "latin-1").at(file);
    assertThat(lines(data.text())).containsExactly("é");
    assertThat(lines(data.plainText())).containsExactly("é");
  }

  @Test
  void aSampleIsReadAsItIsWhateverTheOptionsSay() {
    DataFile sample = DataFile.sample(Majority.class, "train.tsv");
    assertThat(lines(sample.text())).hasSize(12);
    assertThat(sample.format(Format.class)).isEmpty();
    assertThat(sample).hasToString("the sample train.tsv");
    DataFile missing = DataFile.sample(Majority.class, "no.tsv");
    assertThatThrownBy(missing::text).isInstanceOf(IllegalArgumentException.class);
  }
}
