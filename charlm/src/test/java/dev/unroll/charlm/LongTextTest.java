package dev.unroll.charlm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unroll.data.ContiguousSplitter;
import dev.unroll.data.Corpus;
import dev.unroll.data.Split;
import dev.unroll.data.TextSource;
import dev.unroll.data.UserError;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Text that is read from files in pieces is the text that is in memory, wherever it is cut. */
class LongTextTest {
  @TempDir Path folder;

  private Corpus<Passage> files(Ending ending, String... contents) throws IOException {
    for (int i = 0; i < contents.length; i++) {
      Files.writeString(folder.resolve(i + ".txt"), contents[i]);
    }
    return PassageReader.read(TextSource.of(folder), ending);
  }

  /** A passage for each file, or each of its lines. */
  private static Corpus<Passage> inMemory(Ending ending, String... contents) {
    Stream<String> texts =
        Stream.of(contents).flatMap(text -> ending == Ending.LINE ? text.lines() : Stream.of(text));
    return new Corpus<>(texts.map(Passage::new).toList(), "memory", "none");
  }

  private static CharLmModel train(Corpus<Passage> corpus, CharLmConfig config) {
    Split<Passage> split = ContiguousSplit.of(corpus, 0.2, 0, config.ending());
    return CharLmTrainer.train(config, CharEncoder.fit(split.train(), config), split);
  }

  @ParameterizedTest
  @CsvSource({
    "character, document, false",
    "character, document, true",
    "character, line, true",
    "word, line, false",
    "word, line, true"
  })
  void theModelIsTheSame(String level, String ending, String reverse) throws IOException {
    CharLmConfig config =
        Verse.config(
            "level", level, "ending", ending, "reverse", reverse, "epochs", "1", "hidden", "4");
    String[] contents = {Verse.TEXT, "", "A shell,\n\na stone 😀\n", "no end"};
    CharLmModel fromFiles = train(files(config.ending(), contents), config);
    CharLmModel fromMemory = train(inMemory(config.ending(), contents), config);
    assertThat(fromFiles.parameters()).isEqualTo(fromMemory.parameters());
    assertThat(fromFiles.metrics()).isEqualTo(fromMemory.metrics());
    assertThat(fromFiles.encoder().vocabulary()).isEqualTo(fromMemory.encoder().vocabulary());
    assertThat(fromFiles.provenance().examples()).isEqualTo(fromMemory.provenance().examples());
    assertThat(fromFiles.evaluate(files(config.ending(), contents).examples()).toMap())
        .isEqualTo(fromMemory.evaluate(inMemory(config.ending(), contents).examples()).toMap());
  }

  private static String[] randomFiles(Random random) {
    String[] contents = new String[1 + random.nextInt(4)];
    for (int f = 0; f < contents.length; f++) {
      StringBuilder text = new StringBuilder();
      for (int i = random.nextInt(40); i > 0; i--) {
        text.appendCodePoint("a\n\nb😀".codePointAt(random.nextInt(4)));
      }
      contents[f] = text.toString();
    }
    contents[0] += "some text\n";
    return contents;
  }

  /** The texts of a part one by one, whoever holds them. */
  private static List<String> texts(Corpus<Passage> part, Ending ending) {
    List<String> texts = new ArrayList<>();
    for (Passage passage : part.examples()) {
      String text = Texts.string(passage.text());
      List<String> lines = ending == Ending.LINE ? List.of(text.split("\n", -1)) : List.of(text);
      assertThat(passage.texts()).isEqualTo(lines.size());
      assertThat(passage.characters()).isEqualTo(text.codePointCount(0, text.length()));
      texts.addAll(lines);
      texts.add(passage.ended() ? "" : "cut");
      if (ending == Ending.LINE) {
        texts.remove(texts.size() - 1);
        assertThat(passage.ended()).isTrue();
      }
    }
    return texts;
  }

  private static List<List<String>> parts(Split<Passage> split, Ending ending) {
    List<List<String>> parts = new ArrayList<>(List.of(texts(split.train(), ending)));
    split.dev().ifPresent(part -> parts.add(texts(part, ending)));
    split.test().ifPresent(part -> parts.add(texts(part, ending)));
    return parts;
  }

  /** Where every line is a passage of its own, none is cut, and each belongs where it begins. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
  void linesAreSplitAsThoughEachWereAPassage(int seed) throws IOException {
    String[] contents = randomFiles(new Random(seed));
    Corpus<Passage> files = files(Ending.LINE, contents);
    Corpus<Passage> lines = inMemory(Ending.LINE, contents);
    var whole =
        new ContiguousSplitter<Passage>(
            "characters", line -> line.characters() + 1, Optional.empty(), 0.2);
    var cutting = ContiguousSplit.splitter(0.2, Ending.LINE);
    assertThat(outcome(() -> parts(cutting.split(files, 0.2), Ending.LINE)))
        .isEqualTo(outcome(() -> parts(whole.split(lines, 0.2), Ending.LINE)));
    assertThat(outcome(() -> parts(cutting.split(lines, 0.2), Ending.LINE)))
        .isEqualTo(outcome(() -> parts(whole.split(lines, 0.2), Ending.LINE)));
    for (int fold = 0; fold < 3; fold++) {
      int f = fold;
      assertThat(outcome(() -> parts(cutting.folds(files, 3, 0.3).get(f), Ending.LINE)))
          .isEqualTo(outcome(() -> parts(whole.folds(lines, 3, 0.3).get(f), Ending.LINE)));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6})
  void documentsAreCutAsStringsAre(int seed) throws IOException {
    String[] contents = randomFiles(new Random(seed));
    Corpus<Passage> files = files(Ending.DOCUMENT, contents);
    Corpus<Passage> strings = inMemory(Ending.DOCUMENT, contents);
    var splitter = ContiguousSplit.splitter(0.2, Ending.DOCUMENT);
    assertThat(parts(splitter.split(files, 0.2), Ending.DOCUMENT))
        .isEqualTo(parts(splitter.split(strings, 0.2), Ending.DOCUMENT));
    for (int f = 0; f < 3; f++) {
      assertThat(parts(splitter.folds(files, 3, 0.3).get(f), Ending.DOCUMENT))
          .isEqualTo(parts(splitter.folds(strings, 3, 0.3).get(f), Ending.DOCUMENT));
    }
  }

  /** The parts, or why there are none; a source is named otherwise. */
  private static Object outcome(Supplier<Object> splitting) {
    try {
      return splitting.get();
    } catch (UserError e) {
      return e.getMessage().replaceFirst("^[^:]*: ", "");
    }
  }

  @Test
  void aStreamIsReadAsAFileIs() {
    byte[] bytes = (Verse.TEXT.repeat(9000)).getBytes(StandardCharsets.UTF_8);
    for (int length : new int[] {100, 1 << 20, bytes.length}) {
      byte[] some = Arrays.copyOf(bytes, length);
      var stream = TextSource.of("a stream", new ByteArrayInputStream(some));
      Corpus<Passage> corpus = PassageReader.read(stream, Ending.DOCUMENT);
      for (int time = 0; time < 2; time++) {
        assertThat(Texts.strings(corpus)).containsExactly(new String(some, StandardCharsets.UTF_8));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7})
  void piecesLeaveNoTrace(int size) {
    for (String reverse : new String[] {"false", "true"}) {
      CharLmConfig config = Verse.config("reverse", reverse);
      Text whole = Text.of("né 😀\n" + Verse.TEXT);
      List<Passage> expected = List.of(new Passage(whole, 1, false));
      List<Passage> pieces = List.of(new Passage(new Texts.InPieces(whole, size), 1, false));
      CharEncoder encoder = CharEncoder.fit(new Corpus<>(expected, "whole", ""), config);
      assertThat(CharEncoder.fit(new Corpus<>(pieces, "pieces", ""), config).vocabulary())
          .isEqualTo(encoder.vocabulary());
      assertThat(Texts.array(encoder.encodeAll(pieces).symbols()))
          .isEqualTo(Texts.array(encoder.encodeAll(expected).symbols()));
    }
  }

  /** Six million characters that are made as they are read, and nobody keeps. */
  private record Counting(long characters) implements Text {
    @Override
    public void read(Consumer<String> pieces) {
      String piece = "0123456789".repeat(1000);
      for (long made = 0; made < characters; made += piece.length()) {
        pieces.accept(piece);
      }
    }

    @Override
    public Text part(long from, long to) {
      throw new UnsupportedOperationException("read whole");
    }
  }

  @Test
  void encodesWhatIsNeverInMemoryAsAWhole() {
    CharLmConfig config = CharLmConfig.with(Map.of());
    Passage passage = new Passage(new Counting(6_000_000), 1, true);
    Corpus<Passage> corpus = new Corpus<>(List.of(passage), "numbers", "none");
    CharEncoder encoder = CharEncoder.fit(corpus, config);
    assertThat(encoder.vocabulary().count(3)).isEqualTo(600_000);
    try (EncodedText text = encoder.encodeAll(corpus.examples())) {
      assertThat(text.symbols().size()).isEqualTo(6_000_002);
      assertThat(text.unknown()).isZero();
      assertThat(text.symbols().read(5_999_990, 12))
          .containsExactly(10, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11);
    }
    AtomicInteger asked = new AtomicInteger();
    Runnable stop =
        () -> {
          if (asked.incrementAndGet() == 3) {
            throw new IllegalStateException("enough");
          }
        };
    assertThatThrownBy(() -> encoder.encodeAll(corpus.examples(), stop)).hasMessage("enough");
  }
}
