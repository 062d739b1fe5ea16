package dev.unroll.music.abc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unroll.data.UserError;
import dev.unroll.music.score.Note;
import dev.unroll.music.score.Score;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Cases worked by hand: pitches and lengths in eighths, as {@code pitch:length@start}. */
class AbcReaderTest {
  private static Tune tune(String head, String music) {
    return new AbcReader("a test").tune("X:1\nT:A test\n" + head + "\n" + music + "\n");
  }

  private static Score read(String key, String music) {
    return tune("M:4/4\nL:1/8\nK:" + key, music).score();
  }

  private static String notes(Score score) {
    return score.notes().stream()
        .map(
            note ->
                "%d:%s@%s".formatted(note.pitch(), eighths(note.length()), eighths(note.start())))
        .collect(Collectors.joining(" "));
  }

  private static String eighths(int ticks) {
    return ticks % 240 == 0 ? String.valueOf(ticks / 240) : ticks + "t";
  }

  @ParameterizedTest
  @CsvSource({
    "C, CDEF GABc, 60:1@0 62:1@1 64:1@2 65:1@3 67:1@4 69:1@5 71:1@6 72:1@7",
    "C, c'2 C2 C4 |, 84:2@0 60:2@2 60:4@4",
    "C, 'C,8|', 48:8@0",
    "G, FcFc F4|, 66:1@0 72:1@1 66:1@2 72:1@3 66:4@4",
    "F, BBBB =B_B B2|, 70:1@0 70:1@1 70:1@2 70:1@3 71:1@4 70:1@5 70:2@6",
    "C, ^FFf2 =FF2F|F8|, 66:1@0 66:1@1 78:2@2 65:1@4 65:2@5 65:1@7 65:8@8",
    "C, A4>B4|, 69:6@0 71:2@6",
    "C, A4<B4|, 69:2@0 71:6@2",
    "C, A4>>B4|, 69:7@0 71:1@7",
    "C, A/B/A//B//A/ zA z A3|, 69:120t@0 71:120t@120t 69:60t@1 71:60t@300t 69:120t@360t 69:1@3 69:3@5",
    "C, (3ABc d2 z4|, 69:160t@0 71:160t@160t 72:160t@320t 74:2@2",
    "C, (3:2:2A2B d2 z4|, 69:320t@0 71:160t@320t 74:2@2",
    "C, (5ABcde A6|, 69:96t@0 71:96t@96t 72:96t@192t 74:96t@288t 76:96t@384t 69:6@2",
    "C, A4-A4|, 69:8@0",
    "C, A8-|A4 B4|, 69:12@0 71:4@12",
    "C, ^F8-|F4 B4|, 66:8@0 65:4@8 71:4@12",
    "C, [CEG]4 [CE]4|, 60:4@0 64:4@0 67:4@0 60:4@4 64:4@4",
    "C, [C2E2]2 [CE]4-|[CE]8|, 60:4@0 64:4@0 60:12@4 64:12@4",
    "C, {AB}C4 !trill!~C4|, 60:4@0 60:4@4",
    "C, 'Z|C8|', 60:8@8",
    "Am, A4 ^G4|, 69:4@0 68:4@4",
    "Ador, F4 G4|, 66:4@0 67:4@4",
    "Bb, B4 E4|, 70:4@0 63:4@4",
    "C, [K:D]F4 F4|, 66:4@0 66:4@4",
    "C, F4 [K:D]F4|, 65:4@0 66:4@4",
  })
  void notesAreThoseOfTheCase(String key, String music, String expected) {
    assertThat(notes(read(key, music))).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "C8|D8|, CD",
    "|:C8|D8:|E8|, CDCDE",
    "C8|D8:|E8|F8:|, CDCDEFEF",
    "|:C8|1D8:|2E8|], CDCE",
    "|:C8|[1 D8:|[2 E8||F8|], CDCEF",
    "'|:C8|[1,3 D8:|[2 E8:|', CDCECD",
    "|:C8::D8:|, CCDD",
    "|:C8:||:D8:|, CCDD",
    "|:C8|1D8:|2E8||:F8|1G8:|2A8|], CDCEFGFA",
    "|::C8::|D8|, CCCD",
    "C8|:D8|E8:|, CDEDE",
  })
  void repeatsAreThoseOfTheCase(String music, String expected) {
    String played =
        read("C", music).notes().stream()
            .map(note -> String.valueOf("C D EF G A B".charAt(note.pitch() - 60)))
            .collect(Collectors.joining());
    assertThat(played).isEqualTo(expected);
  }

  @Test
  void aPickupEndsWhereABarBegins() {
    Score score = read("C", "G2|C8|D6:|");
    assertThat(notes(score)).startsWith("67:2@6 60:8@8 62:6@16 67:2@22 60:8@24");
    assertThat(score.bars()).containsExactly(0, 1920, 3840, 5760, 7680, 9600);
  }

  @Test
  void fieldsAreReadWhereverTheyStand() {
    Score score =
        tune("M:3/4\nL:1/4\nQ:1/8=240\nR:Jig\nK:G", "GAB|\nM:2/4\nGA|\nL:1/8\nK:D\n[M:6/8]F6|")
            .score();
    assertThat(score.name()).isEqualTo("A test");
    assertThat(score.style()).isEqualTo("jig");
    assertThat(score.tempoAt(0)).isEqualTo(120);
    assertThat(score.metres())
        .extracting(c -> c.time() + " " + c.value())
        .containsExactly("0 3/4", "1440 2/4", "2400 6/8");
    assertThat(score.keys())
        .extracting(c -> c.time() + " " + c.value())
        .containsExactly("0 G", "2400 D");
    assertThat(score.notes().get(5)).isEqualTo(new Note(0, 66, 2400, 1440));
  }

  @Test
  void voicesSoundTogether() {
    Score score =
        tune(
                "M:4/4\nL:1/4\nV:1 name=\"high\"\nV:2\nK:C",
                "V:1\nc4|d4|]\nV:2\nC2E2|[V:1] |[V:2]G4|]")
            .score();
    assertThat(score.voices()).extracting(voice -> voice.name()).containsExactly("high", "");
    assertThat(score.notes()).hasSize(5);
    assertThat(score.notes().stream().filter(note -> note.voice() == 1))
        .extracting(Note::start)
        .containsExactly(0, 960, 1920);
  }

  @Test
  void chordSymbolsStandAboveTheirNotes() {
    Score score = read("C", "\"Am\"A4 \"^slowly\"\"E7/G#\"B4|");
    assertThat(score.chords())
        .extracting(c -> c.time() + " " + c.value())
        .containsExactly("0 Am", "960 E7/G#");
  }

  @Test
  void saysWhatItReadsOver() {
    Tune tune = tune("M:4/4\nL:1/8\nK:C", "{a}C4 ~C4|!f!C8|\"^up\"C8|\nw: la la");
    assertThat(tune.left())
        .containsExactly("1 annotations", "2 decorations", "1 groups of grace notes", "1 words");
  }

  @ParameterizedTest
  @CsvSource({
    "C7|C8|C8|, ",
    "C8|C7|C8|, 'a test:6: this bar lasts 7/8 whole notes, and one of 4/4 lasts 1'",
    "C8|C9|C8|, 'a test:6: this bar lasts 9/8 whole notes, and one of 4/4 lasts 1'",
    "C8|C7||C8|, ",
    "C8|C7:|C8|, ",
    "C8|C9:|C8|, 'a test:6: this bar lasts 9/8 whole notes, and one of 4/4 lasts 1'",
    "C9|, 'a test:6: this bar lasts 9/8 whole notes, and one of 4/4 lasts 1'",
    "C8|(3CD|, 'a test:6: a tuplet or a broken rhythm has no end'",
  })
  void barsAddUp(String music, String complaint) {
    String text = "X:1\nT:A test\nM:4/4\nL:1/8\nK:C\n" + music + "\n";
    List<String> complaints = new ArrayList<>();
    new AbcReader("a test", false)
        .tunes(text, (tune, lines) -> complaints.addAll(tune.complaints()), e -> {});
    if (complaint == null) {
      assertThat(complaints).isEmpty();
      new AbcReader("a test").tune(text);
    } else {
      assertThat(complaints).contains(complaint);
      assertThatThrownBy(() -> new AbcReader("a test").tune(text))
          .isInstanceOf(UserError.class)
          .hasMessageStartingWith("a test:");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "C8|?, '?' is no ABC",
    "C8|h8|, 'h' is no ABC",
    "'\"Am C8|', has no closing quote",
    "[CE8|, a chord is notes in brackets",
    "'C,,,,,,,,8|', no instrument plays",
    "C0|, a note has no length",
    "C/0|, no length",
    ">C8|, stands between two notes",
    "C8&E8|, '&' is no ABC",
    "{C8|, no closing brace",
    "[2 C8|, no bar is ever played",
  })
  void whatIsNoAbcIsRefusedWithItsLine(String music, String message) {
    assertThatThrownBy(() -> read("C", music))
        .isInstanceOf(UserError.class)
        .hasMessageStartingWith("a test:6: ")
        .hasMessageContaining(message);
  }

  @ParameterizedTest
  @CsvSource({
    "M:5, M: wants a metre",
    "M:0/4, M: wants a metre",
    "L:0, L: wants the length",
    "L:1/00, L: wants the length",
    "Q:1/4=9999, Q: is a tempo",
    "K:H, K: wants a key",
  })
  void wrongFieldsAreRefused(String field, String message) {
    assertThatThrownBy(() -> tune(field + "\nK:C", "C8|")).hasMessageContaining(message);
  }

  @Test
  void aBrokenTuneDoesNotCostTheOthers() {
    String text = "X:1\nK:C\nC8|\n\nX:2\nK:C\n?\n\nsome words\n\nX:3\nK:C\nC8|\n";
    List<String> found = new ArrayList<>();
    List<String> broken = new ArrayList<>();
    new AbcReader("a test")
        .tunes(
            text,
            (tune, lines) -> found.add(lines.get(0)),
            error -> broken.add(error.getMessage()));
    assertThat(found).containsExactly("X:1", "X:3");
    assertThat(broken).containsExactly("a test:7: '?' is no ABC");
  }
}
