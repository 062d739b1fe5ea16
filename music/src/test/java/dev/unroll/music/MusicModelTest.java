package dev.unroll.music;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.unroll.generation.NextSymbol;
import dev.unroll.generation.SamplingConfig;
import dev.unroll.music.score.Note;
import dev.unroll.music.score.PianoRoll;
import dev.unroll.music.score.Score;
import dev.unroll.music.score.Voice;
import dev.unroll.testing.ModelContract;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Learns three tunes by heart, as events, and is then asked all that a user may ask. */
class MusicModelTest extends ModelContract<MusicModel, Piece, PieceScore> {
  @Override
  protected MusicModel learn() {
    return Tunes.train(Tunes.config());
  }

  @Override
  protected void assertLearnt(MusicModel model) {
    MusicScores scores = model.evaluate(Tunes.pieces());
    assertThat(scores.pieces()).isEqualTo(3);
    assertThat(scores.notes()).isEqualTo(13 + 10 + 3 + 4 + 3 + 2 - 2);
    assertThat(scores.natsPerNote()).isLessThan(0.4);
    assertThat(scores.baselineNats()).isGreaterThan(scores.nats());
    assertThat(model.metrics().get("natsPerStep")).isEqualTo(scores.natsPerStep(), within(1e-9));
  }

  @Override
  protected MusicModel train(long seed) {
    return Tunes.train(
        Tunes.config(
            "epochs", "2", "dropout", "0.3", "transpose", "6", "seed", String.valueOf(seed)));
  }

  @Override
  protected List<Piece> questions() {
    List<Piece> odd = new ArrayList<>(Tunes.pieces());
    odd.add(new Piece(Score.of(List.of(Voice.PIANO), List.of(), 0)));
    odd.add(new Piece(Score.of(List.of(Voice.PIANO), List.of(new Note(0, 127, 0, 1)), 1)));
    List<Note> many = new ArrayList<>();
    for (int i = 0; i < 150; i++) {
      many.add(new Note(0, 30 + i * 7 % 60, 240 * i, 100 + i * 100));
    }
    odd.add(new Piece(Score.of(List.of(Voice.PIANO), Score.untangled(many), 1_200_000)));
    return odd;
  }

  @Override
  protected List<PieceScore> answer(MusicModel model, List<Piece> pieces) {
    return model.score(pieces);
  }

  @Override
  protected PieceScore answer(MusicModel model, Piece piece) {
    return model.score(List.of(piece)).get(0);
  }

  @Override
  protected void save(MusicModel model, Path file) {
    model.save(file);
  }

  @Override
  protected MusicModel load(Path file) {
    return MusicModel.load(file);
  }

  @Override
  protected Optional<Function<InputStream, MusicModel>> streamLoader() {
    return Optional.of(MusicModel::load);
  }

  @Override
  protected Optional<Function<String, MusicModel>> resourceLoader() {
    return Optional.of(name -> MusicModel.load(MusicModel.class, name));
  }

  @Override
  protected String resource() {
    return "/models/events.zip";
  }

  @Override
  protected List<Object> description(MusicModel model) {
    return List.of(
        model.config(),
        model.metrics(),
        model.provenance(),
        model.evaluate(Tunes.pieces()).toMap(),
        model.compose(ComposeRequest.ofBars(2, 3)).score());
  }

  @Test
  void goesOnWithATuneItKnows() {
    Score tune = Tunes.pieces().get(0).score();
    List<Note> two = tune.notes().stream().filter(note -> note.start() < 960).toList();
    Score motif = Score.of(List.of(Voice.PIANO), two, 960).withMetre(tune.metreAt(0));
    ComposeRequest request =
        new ComposeRequest(
            Optional.empty(),
            Optional.of(motif),
            4,
            tune.keyAt(0),
            Optional.of(tune.metreAt(0)),
            "scale",
            Optional.empty(),
            0,
            new SamplingConfig(0, 0, 1),
            Set.of(),
            1,
            1);
    Composition piece = model().compose(request);
    assertThat(piece.score().notes()).isEqualTo(tune.notes());
    assertThat(piece.nearest().orElseThrow().piece()).isEqualTo("Up and Down");
    assertThat(piece.nearest().orElseThrow().notes()).isEqualTo(11);
  }

  @Test
  void composesAsManyBarsAsAreAskedFor() {
    for (int seed = 0; seed < 10; seed++) {
      for (int bars : new int[] {1, 5}) {
        Score score = model().compose(ComposeRequest.ofBars(bars, seed)).score();
        assertThat(score.length()).isEqualTo(bars * score.metreAt(0).bar());
        assertThat(score.bars()).hasSize(bars + 1);
      }
    }
  }

  @Test
  void manyThreadsComposeThePieceOfOne() {
    ComposeRequest request = ComposeRequest.ofBars(3, 9);
    Score alone = model().compose(request).score();
    assertThat(
            Collections.nCopies(8, request).parallelStream().map(r -> model().compose(r).score()))
        .containsOnly(alone);
    assertThat(model().compose(request.withSeed(10)).score()).isNotEqualTo(alone);
  }

  /** Step by step, as a composer reads it, over all that a grammar allows. */
  @Test
  void aPieceIsWorthTheSumOfItsSymbols() {
    MusicModel any = Tunes.train(Tunes.config("epochs", "2"));
    for (Piece piece : Tunes.pieces()) {
      int[] symbols = any.encoder().codec().encode(piece);
      double[] next = new double[1];
      Grammar grammar = any.encoder().codec().grammar();
      any.reader(
          model -> {
            model.begin(1);
            for (int i = 0; i + 1 < symbols.length; i++) {
              float[] logs = model.read(new int[] {symbols[i]})[0];
              double allowed = 0;
              for (int s = 0; s < logs.length; s++) {
                allowed += grammar.allows(s) ? Math.exp(logs[s]) : 0;
              }
              int header = 1 + 3;
              next[0] += i + 1 < header ? 0 : logs[symbols[i + 1]] - Math.log(allowed);
              grammar.read(symbols[i + 1]);
            }
          });
      assertThat(any.score(List.of(piece)).get(0).logProbability())
          .isEqualTo(next[0], within(1e-3));
    }
  }

  /** The notes of a step have a joint distribution, so over all sets of notes it sums to 1. */
  @Test
  void theProbabilitiesOfAllStepsSumToOne() {
    MusicModel rolls =
        Tunes.train(Tunes.config("epochs", "3", "notation", "roll", "grid", "1"), Tunes.ROLL);
    NoteCodec codec = (NoteCodec) rolls.encoder().codec();
    double[] sum = new double[1];
    rolls.reader(model -> sum[0] = allSteps(model, codec, 3));
    assertThat(sum[0]).isEqualTo(1, within(1e-4));
  }

  /** Steps that are improbable, or have more notes, are taken together by how they begin. */
  private static double allSteps(NextSymbol model, NoteCodec codec, int most) {
    model.begin(1);
    float[] first = model.read(new int[] {Codec.END})[0];
    return below(model, codec, first, new ArrayList<>(), most);
  }

  private static double below(
      NextSymbol model, NoteCodec codec, float[] logs, List<Integer> notes, int most) {
    Grammar grammar = codec.grammar();
    notes.forEach(grammar::read);
    double allowed = 0;
    double sum = 0;
    for (int s = 0; s < logs.length; s++) {
      allowed += grammar.allows(s) ? Math.exp(logs[s]) : 0;
    }
    for (int s = 0; s < logs.length; s++) {
      if (!grammar.allows(s)) {
        continue;
      }
      double p = Math.exp(logs[s]) / allowed;
      boolean goesOn = codec.alphabet().isNote(s) && notes.size() + 1 < most && p > 1e-3;
      if (goesOn) {
        model.begin(1);
        float[] next = model.read(new int[] {Codec.END})[0];
        for (int note : notes) {
          next = model.read(new int[] {note})[0];
        }
        next = model.read(new int[] {s})[0];
        List<Integer> more = new ArrayList<>(notes);
        more.add(s);
        sum += p * below(model, codec, next, more, most);
      } else {
        sum += p;
      }
    }
    return sum;
  }

  @Test
  void natsAStepAreCountedAsPublishedFiguresAre() {
    MusicModel rolls =
        Tunes.train(
            Tunes.config("epochs", "2", "notation", "roll", "grid", "1", "condition", "none"),
            Tunes.ROLL);
    List<Piece> pieces = Tunes.read(Tunes.ROLL).examples();
    MusicScores scores = rolls.evaluate(pieces);
    assertThat(scores.steps()).isEqualTo(2 * 3); // the first step of a piece is given
    assertThat(scores.notes()).isEqualTo(2 * 4);
    int[] symbols = rolls.encoder().codec().encode(pieces.get(0));
    assertThat(symbols).hasSize(1 + 7 + 4 + 1);
    // The first step has three notes and a wait, and what follows up to the last wait is counted.
    assertThat(rolls.encoder().codec().counted(symbols).toString())
        .isEqualTo("{5, 6, 7, 8, 9, 10, 11}");
  }

  @Test
  void learnsToWriteAbc() {
    MusicModel abc = Tunes.train(Tunes.config("notation", "abc", "epochs", "110"));
    MusicScores scores = abc.evaluate(Tunes.pieces());
    long characters = Tunes.pieces().stream().mapToLong(piece -> piece.abc().length() + 1).sum();
    assertThat(scores.characters()).isEqualTo(characters);
    assertThat(scores.bitsPerCharacter()).isLessThan(1);
    ComposeRequest likeliest =
        ComposeRequest.ofBars(0, 1).withSampling(new SamplingConfig(0, 0, 1));
    Composition piece = abc.compose(likeliest);
    assertThat(Tunes.pieces()).extracting(Piece::abc).contains(piece.abc());
    assertThat(piece.draws()).isEqualTo(1);
  }

  @Test
  void harmonisesWhatItKnows() {
    MusicModel rolls =
        Tunes.train(Tunes.config("notation", "roll", "grid", "1", "epochs", "80"), Tunes.ROLL);
    Score whole = Tunes.read(Tunes.ROLL).examples().get(0).score();
    Score melody =
        PianoRoll.toScore(new int[][] {{64}, {60}, {}, {65}}, Score.QUARTER).named("melody");
    Score found = rolls.harmonise(melody, 8, 0);
    assertThat(PianoRoll.of(found, Score.QUARTER))
        .isDeepEqualTo(PianoRoll.of(whole, Score.QUARTER));
    assertThat(found.notes().stream().filter(note -> note.voice() == 0))
        .extracting(Note::pitch)
        .containsExactly(64, 60, 65);
    Score thin = rolls.harmonise(melody, 8, 2);
    for (int[] step : PianoRoll.of(thin, Score.QUARTER)) {
      assertThat(step.length).isLessThanOrEqualTo(2);
    }
  }
}
