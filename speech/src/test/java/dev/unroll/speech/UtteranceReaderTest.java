package dev.unroll.speech;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unroll.data.Corpus;
import dev.unroll.data.UserError;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UtteranceReaderTest {
  private static final byte[] WAV = Spoken.wav("ada", "one", 1);

  @TempDir private Path folder;

  @BeforeEach
  void recordings() throws IOException {
    Files.write(folder.resolve("a.wav"), WAV);
    Files.createDirectories(folder.resolve("sub"));
    Files.write(folder.resolve("sub/b.wav"), WAV);
    zip(folder.resolve("c.zip"), Map.of("d/e.wav", WAV, "f.txt", new byte[3]));
  }

  private static void zip(Path file, Map<String, byte[]> entries) throws IOException {
    try (OutputStream out = Files.newOutputStream(file);
        ZipOutputStream zip = new ZipOutputStream(out)) {
      for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
        zip.putNextEntry(new ZipEntry(entry.getKey()));
        zip.write(entry.getValue());
      }
    }
  }

  private Corpus<Utterance> read(String name, String content) throws IOException {
    return new UtteranceReader().read(Files.writeString(folder.resolve(name), content));
  }

  @Test
  void aManifestNamesFilesAndEntriesOfZipFiles() throws IOException {
    Corpus<Utterance> read =
        read("m.tsv", "a.wav\tone\tada\nsub/b.wav\ttwo  words\n\nc.zip/d/e.wav\t\tbo\n");
    assertThat(read.examples())
        .extracting(Utterance::text)
        .containsExactly("one", "two  words", "");
    assertThat(read.examples()).extracting(Utterance::speaker).containsExactly("ada", null, "bo");
    assertThat(read.format()).isEqualTo("tsv");
    for (Utterance utterance : read.examples()) {
      assertThat(utterance.recording().read().samples()).isNotEmpty();
      assertThat(utterance.recording()).hasToString(read.examples().get(0).recording().toString());
    }
    assertThat(read.examples().get(2).recording().place()).endsWith("m.tsv:4");
    assertThat(Utterance.speakers(read.examples())).isEqualTo(List.of(0, 1, 2));
  }

  @Test
  void columnsMayBeNamedAndJsonMayBeGiven() throws IOException {
    Corpus<Utterance> named = read("n.tsv", "speaker\ttext\tpath\tlength\nada\tone\ta.wav\t3\n");
    Corpus<Utterance> json =
        read(
            "n.jsonl",
            "{\"path\": \"a.wav\", \"text\": \"one\", \"speaker\": \"ada\", \"x\": 1}\n");
    for (Corpus<Utterance> read : List.of(named, json)) {
      assertThat(read.examples()).hasSize(1);
      assertThat(read.examples().get(0).text()).isEqualTo("one");
      assertThat(read.examples().get(0).speaker()).isEqualTo("ada");
    }
    assertThat(json.format()).isEqualTo("jsonl");
  }

  @ParameterizedTest
  @CsvSource({
    "'a.wav\n', 'found 1 columns; mend the line'",
    "'a.wav\tx\ty\tz\n', 'found 4 columns; mend the line'",
    "'x.wav\tone\n', 'there is no recording ''x.wav'''",
    "'c.zip/none.wav\tone\n', 'there is no recording ''c.zip/none.wav'''",
    "'c.zip/d\tone\n', 'there is no recording ''c.zip/d'''",
    "'{\"path\": \"a.wav\"}\n', 'the key text is missing'"
  })
  void aWrongLineIsNamed(String content, String message) {
    assertThatThrownBy(() -> read("w.tsv", content))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("w.tsv:1: ")
        .hasMessageContaining(message);
  }

  @Test
  void anEmptyFileAndADamagedZipAreRefused() throws IOException {
    assertThatThrownBy(() -> read("e.tsv", "")).hasMessageContaining("no utterances in it");
    Files.write(folder.resolve("bad.zip"), new byte[20]);
    assertThatThrownBy(() -> read("z.tsv", "bad.zip/a.wav\tone\n"))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("damaged zip file");
  }

  @Test
  void foldersOfKaldiAreRead() throws IOException {
    Files.writeString(
        folder.resolve("wav.scp"), "u1 a.wav\nu2 " + folder.resolve("sub/b.wav") + "\n");
    Files.writeString(folder.resolve("text"), "u2 TWO MORE\nu1\n");
    Files.writeString(folder.resolve("utt2spk"), "u1 ada\nu2 bo\n");
    Corpus<Utterance> read = new UtteranceReader().read(folder);
    assertThat(read.format()).isEqualTo("kaldi");
    assertThat(read.examples()).extracting(Utterance::text).containsExactly("", "TWO MORE");
    assertThat(read.examples()).extracting(Utterance::speaker).containsExactly("ada", "bo");
    assertThat(Utterance.speakers(read.examples())).isEqualTo(List.of("ada", "bo"));

    Files.writeString(folder.resolve("text"), "u1 ONE\n");
    assertThatThrownBy(() -> new UtteranceReader().read(folder))
        .hasMessageContaining("wav.scp:2: 'u2' has no line in");
    Files.writeString(folder.resolve("wav.scp"), "u1 sph2pipe a.sph |\n");
    assertThatThrownBy(() -> new UtteranceReader().read(folder))
        .hasMessageContaining("wav.scp:1: 'sph2pipe a.sph |' is a command, and none is run");
  }

  @Test
  void namesTellTheText() throws IOException {
    zip(folder.resolve("n.zip"), Map.of("r/seven_ada_3.wav", WAV, "r/go_on_bo_4.wav", WAV));
    UtteranceReader reader =
        new UtteranceReader(Optional.empty(), Optional.of(NameRule.of("{text}_{speaker}_{}")));
    Corpus<Utterance> read = reader.read(folder.resolve("n.zip"));
    assertThat(read.examples()).extracting(Utterance::text).containsExactly("go", "seven");
    assertThat(read.examples()).extracting(Utterance::speaker).containsExactly("on", "ada");
    assertThat(NameRule.of("{}-{text}").apply(Recording.of("3-go_on.WAV", WAV)))
        .hasValueSatisfying(utterance -> assertThat(utterance.text()).isEqualTo("go on"));
    assertThatThrownBy(() -> reader.read(folder))
        .hasMessageContaining("its name is not of the kind");
    assertThatThrownBy(() -> new UtteranceReader().read(folder)).hasMessageContaining("name-rule");
    assertThatThrownBy(() -> NameRule.of("{speaker}")).hasMessageContaining("has one {text}");
  }
}
