package dev.unroll.music;

import static dev.unroll.music.score.PitchClass.OCTAVE;

import dev.unroll.data.UserError;
import dev.unroll.generation.NextSymbol;
import dev.unroll.music.score.Key;
import dev.unroll.music.score.KeyFinder;
import dev.unroll.music.score.Score;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/** Draws pieces until one keeps to the rules, and counts what it refused. */
final class Composer {

  private final MusicEncoder encoder;
  private final Repertoire repertoire;
  private final Consumer<DrawnSymbol> listener;

  /** What was drawn. */
  record Draft(Score score, String abc, int redrawnBars) {}

  /**
   * A composer.
   *
   * @param listener is told each symbol as it is drawn; what it throws ends the composing
   */
  Composer(MusicEncoder encoder, Repertoire repertoire, Consumer<DrawnSymbol> listener) {
    this.encoder = encoder;
    this.repertoire = repertoire;
    this.listener = listener;
  }

  Composition compose(NextSymbol model, ComposeRequest request) {
    SplittableRandom random = new SplittableRandom(request.seed());
    Map<String, Integer> refused = new LinkedHashMap<>();
    for (int draws = 1; ; draws++) {
      boolean last = draws == request.attempts();
      Draft draft;
      try {
        draft = draw(model, request, random.split(), draws);
      } catch (UserError e) {
        if (e.kind() != UserError.Kind.DATA) {
          throw e;
        }
        refused.merge("cannot be read", 1, Integer::sum);
        if (last) {
          throw UserError.failed(
              "of %d tunes drawn none can be read: %s; draw more, or cooler"
                  .formatted(draws, e.getMessage()),
              e);
        }
        continue;
      }
      Score score = finished(draft.score(), request);
      List<Rule> broken =
          Arrays.stream(Rule.values())
              .filter(rule -> request.rules().contains(rule) && !rule.holds(score, repertoire))
              .toList();
      if (broken.isEmpty() || last) {
        String abc = score.notes().equals(draft.score().notes()) ? draft.abc() : "";
        return new Composition(
            score, abc, draws, draft.redrawnBars(), refused, broken, repertoire.nearest(score));
      }
      broken.forEach(rule -> refused.merge(rule.broken(), 1, Integer::sum));
    }
  }

  private Draft draw(NextSymbol model, ComposeRequest request, SplittableRandom random, int draws) {
    Drawing drawing = new Drawing(model, request.sampling(), random);
    if (encoder.codec() instanceof AbcCodec abc) {
      return new AbcComposer(
              abc,
              drawing,
              request,
              (at, text) -> listener.accept(new DrawnSymbol(draws, at, text, -1)))
          .draw();
    }
    Score score =
        new NoteComposer(
                (NoteCodec) encoder.codec(),
                drawing,
                request,
                (quarters, pitch) -> listener.accept(new DrawnSymbol(draws, quarters, "", pitch)))
            .draw();
    return new Draft(score, "", 0);
  }

  /** Brought to the key and tempo that were asked for, if the model was not told. */
  private Score finished(Score drawn, ComposeRequest request) {
    Score score = drawn;
    if (request.key().isPresent() && score.keyAt(0).isEmpty()) {
      Key wanted = request.key().get();
      score = moved(score, wanted.tonic() - KeyFinder.key(score).tonic());
      score = score.withKey(wanted);
    }
    return request.tempo().map(score::withTempo).orElse(score);
  }

  private static Score moved(Score score, int semitones) {
    int near = Math.floorMod(semitones + OCTAVE / 2, OCTAVE) - OCTAVE / 2;
    int[] room = score.room();
    if (near < room[0] || near > room[1]) {
      near += near < 0 ? OCTAVE : -OCTAVE;
    }
    return near < room[0] || near > room[1] ? score : score.transposed(near);
  }
}
