package dev.unroll.activity;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Arrays.deepToString;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.unroll.data.Corpus;
import dev.unroll.data.UserError;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecordingReaderTest {
  private static final float GAP = Float.NaN;
  @TempDir Path folder;

  private Path file(String name, String text) throws IOException {
    return file(name, text, UTF_8);
  }

  private Path file(String name, String text, Charset charset) throws IOException {
    Path path = folder.resolve(name);
    Files.createDirectories(path.getParent());
    return Files.writeString(path, text, charset);
  }

  private static List<Recording> read(Path path) {
    return RecordingReader.read(path).examples();
  }

  @Test
  void readsTsOfUnequalLengthWithGapsAndHeaderWordsInAnyCase() throws IOException {
    Path ts =
        file(
            "a.ts",
            """
            # a comment

            @PROBLEMNAME Gestures
            @timestamps False
            @missing true
            @univariate false
            @dimensions 2
            @equalLength false
            @ClassLabel true swipe thumbs up
            @Data
            1,2.5,-3e2:4,?,6:swipe
            # another
            7:8:thumbs up
            1,2,?,NaN:1,2,?,?:swipe
            """);
    Corpus<Recording> corpus = RecordingReader.read(ts);
    assertThat(corpus.format()).isEqualTo("ts");
    assertThat(corpus.digest()).hasSize(64);
    List<Recording> recordings = corpus.examples();
    assertThat(recordings)
        .extracting(Recording::label)
        .containsExactly("swipe", "thumbs up", "swipe");
    assertThat(deepToString(recordings.get(0).values()))
        .isEqualTo(deepToString(new float[][] {{1, 4}, {2.5f, GAP}, {-300, 6}}));
    assertThat(recordings.get(0).channels()).containsExactly("c1", "c2");
    assertThat(recordings.get(1).values()).isDeepEqualTo(new float[][] {{7, 8}});
    assertThat(recordings.get(1).id()).isEqualTo(ts + "#2");
    assertThat(recordings.get(0).missing()).isEqualTo(1);
    // Filled up with missing values to a common length.
    assertThat(recordings.get(2).values()).isDeepEqualTo(new float[][] {{1, 1}, {2, 2}});
  }

  @Test
  void commentsOfATsFileMayBeOfAnyBytesAndLabelsAreOfItsCharset() throws IOException {
    Path latin = file("latin.ts", "# pp 119\u00a0127\n@data\n1,2:a\n", ISO_8859_1);
    assertThat(read(latin)).hasSize(1);
    Path utf8 = file("utf8.ts", "\uFEFF@classLabel true\r\n@data\r\n1,2:höher\r\n");
    assertThat(read(utf8).get(0).label()).isEqualTo("höher");
    Path wrong = file("wrong.ts", "@data\n1:höher\n", ISO_8859_1);
    assertThatThrownBy(() -> read(wrong))
        .hasMessageContaining("wrong.ts:2: the label is not valid");
  }

  @Test
  void aTsFileMayHaveNoLabels() throws IOException {
    Recording one = read(file("no.ts", "@classLabel false\n@data\n1,2:3,4\n")).get(0);
    assertThat(one.label()).isNull();
    assertThat(one.values()).isDeepEqualTo(new float[][] {{1, 3}, {2, 4}});
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          "@timeStamps true;@data;(0,1):a"  | bad.ts:1: values with time stamps are not read
          "@targetLabel true;@data;1:2.5"   | bad.ts:1: activities have names
          "@data"                           | bad.ts: no recordings in it
          "@dimensions 2"                   | the file has none
          "@dimensions 2;1,2:a"             | bad.ts:2: the header of a .ts file ends with @data
          "@data;1,2:1:a"                   | bad.ts:2: channel 2 has 1 values and channel 1 has 2
          "@data;1:1:a;1:b"                 | bad.ts:3: a recording of 1 channels among such of 2
          "@data;1,two:a"                   | bad.ts:2: channel 1 must be a finite number
          "@data;1,Infinity:a"              | got 'Infinity'
          "@data;1,2:"                      | bad.ts:2: the label behind the last colon is empty
          "@data;12"                        | bad.ts:2: a recording is channels and a label
          """)
  void aTsFileThatIsWrongIsNamedWithItsLine(String text, String message) throws IOException {
    Path bad = file("bad.ts", text.replace(';', '\n') + "\n");
    assertThatThrownBy(() -> read(bad))
        .isInstanceOf(UserError.class)
        .hasMessageContaining(message)
        .hasMessageNotContaining("\n");
  }

  @Test
  void readsATableOfManyRecordings() throws IOException {
    Path csv =
        file(
            "long.csv",
            """
            ID;Time;acc x;"acc; y";Label;subject
            a;0.0;1;2;walking, slowly;ann
            a;0.5;3;;walking, slowly;ann
            b;7;4;5;"sitting ""still""\";bob
            a;1.0;5;NaN;walking, slowly;ann
            """);
    List<Recording> recordings = read(csv);
    assertThat(recordings).extracting(Recording::id).containsExactly("a", "b");
    assertThat(recordings).extracting(Recording::subject).containsExactly("ann", "bob");
    assertThat(recordings)
        .extracting(Recording::label)
        .containsExactly("walking, slowly", "sitting \"still\"");
    assertThat(recordings.get(0).channels()).containsExactly("acc x", "acc; y");
    assertThat(deepToString(recordings.get(0).values()))
        .isEqualTo(deepToString(new float[][] {{1, 2}, {3, GAP}, {5, GAP}}));
    assertThat(recordings.get(0).rate()).isEqualTo(2, within(1e-9));
    assertThat(recordings.get(1).rate()).isZero();
  }

  @Test
  void withoutIdsARecordingEndsWhereTheLabelChanges() throws IOException {
    List<Recording> recordings = read(file("log.csv", "x,activity\n1,run\n2,run\n3,rest\n4,run\n"));
    assertThat(recordings).extracting(Recording::label).containsExactly("run", "rest", "run");
    assertThat(recordings).extracting(Recording::steps).containsExactly(2, 1, 1);
    Recording one = read(file("one.csv", "x\ty\n1\t2\n")).get(0);
    assertThat(one.id()).isEqualTo(folder.resolve("one.csv").toString());
    assertThat(one.label()).isNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          ""                             | no recordings in it; the file is empty
          "x,y"                          | bad.csv: no recordings in it
          "1,2;3,4"                      | bad.csv:1: the first line names the columns
          "id,label;a,b"                 | bad.csv:1: no column of measurements in [id, label]
          "x,y,x;1,2,3"                  | bad.csv:1: there are two columns 'x'
          "x,,y;1,2,3"                   | bad.csv:1: column 2 has no name
          "x,y;1,2;1"                    | bad.csv:3: 1 cells in a table of 2 columns
          "x,y;1,up"                     | bad.csv:2: column 'y' must be a finite number
          "id,x;,1"                      | bad.csv:2: the id is empty
          "id,x,label;a,1,up;a,2,down"   | bad.csv:3: recording a is of up by null and down by null
          "id,time,x;a,1,1;a,0.5,1"      | bad.csv:3: the time goes back from 1.0 to 0.5
          "time,x;noon,1"                | bad.csv:2: column 'time' must be seconds as a number
          """)
  void aTableThatIsWrongIsNamedWithItsLine(String text, String message) throws IOException {
    Path bad = file("bad.csv", text.replace(';', '\n'));
    assertThatThrownBy(() -> read(bad))
        .isInstanceOf(UserError.class)
        .hasMessageContaining(message)
        .hasMessageNotContaining("\n");
  }

  @Test
  void readsFoldersByLabelAndWithinThemBySubject() throws IOException {
    file("data/run/2.csv", "x\n1\n2\n");
    file("data/run/1.tsv", "x\n3\n");
    file("data/rest/ann/1.csv", "x\n5\n");
    file("data/rest/.hidden/1.csv", "x\n5\n");
    file("data/rest/notes.txt", "none");
    Corpus<Recording> corpus = RecordingReader.read(folder.resolve("data"));
    assertThat(corpus.examples())
        .extracting(Recording::id)
        .containsExactly("rest/ann/1.csv", "run/1.tsv", "run/2.csv");
    assertThat(corpus.examples())
        .extracting(Recording::label)
        .containsExactly("rest", "run", "run");
    assertThat(corpus.examples().get(0).subject()).isEqualTo("ann");
    assertThat(corpus.format()).isEqualTo("folders");

    file("data/rest/ann/2.csv", "x,label\n5,rest\n");
    assertThatThrownBy(() -> RecordingReader.read(folder.resolve("data")))
        .hasMessageContaining("2.csv: the folder is the label of its recording");
    Files.createDirectories(folder.resolve("empty"));
    assertThatThrownBy(() -> read(folder.resolve("empty"))).hasMessageContaining("no recordings");
  }
}
