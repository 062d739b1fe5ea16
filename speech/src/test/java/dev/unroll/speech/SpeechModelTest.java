package dev.unroll.speech;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;

import dev.unroll.data.Corpus;
import dev.unroll.data.Split;
import dev.unroll.sound.Sound;
import dev.unroll.sound.SoundWriter;
import dev.unroll.testing.ModelContract;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Learns what a voice says by heart. */
class SpeechModelTest extends ModelContract<SpeechModel, Recording, Transcript> {
  private static final Corpus<Utterance> UTTERANCES = Spoken.corpus(1, "ada");

  private static SpeechModel train(SpeechConfig config) {
    UtteranceEncoder encoder = UtteranceEncoder.fit(UTTERANCES, config);
    return SpeechTrainer.train(config, encoder, new Split<>(UTTERANCES, UTTERANCES));
  }

  @Override
  protected SpeechModel learn() {
    return train(
        Spoken.config("bidirectional", "false", "normalisation", "training", "hidden", "40"));
  }

  @Override
  protected void assertLearnt(SpeechModel model) {
    assertThat(model.metrics().get("wordErrorRate")).isZero();
    assertThat(model.metrics().get("characterErrorRate")).isZero();
    for (Utterance utterance : UTTERANCES.examples()) {
      Transcript heard = model.transcribe(utterance.recording());
      assertThat(heard.text()).isEqualTo(utterance.text());
      assertThat(heard.path()).isEqualTo(utterance.recording().name());
      assertThat(heard.probability()).isBetween(0.3, 1.0);
      double before = 0;
      for (Transcript.Word word : heard.words()) {
        assertThat(word.start()).isBetween(before, word.end());
        before = word.end();
      }
      assertThat(before).isLessThan(utterance.recording().read().seconds() + 0.1);
    }
  }

  @Override
  protected SpeechModel train(long seed) {
    return train(
        Spoken.config(
            "epochs", "2",
            "dropout", "0.3",
            "input-dropout", "0.2",
            "speed-perturbation", "10",
            "time-masks", "1",
            "band-masks", "1",
            "deltas", "2",
            "seed", Long.toString(seed)));
  }

  @Override
  protected List<Recording> questions() {
    Random random = new Random(2);
    float[] noise = new float[12_000];
    for (int i = 0; i < noise.length; i++) {
      noise[i] = random.nextFloat() * 2 - 1;
    }
    float[] offset = new float[5000];
    Arrays.fill(offset, 0.7f);
    return List.of(
        recording("one sample", new float[1], 8000),
        recording("silence", new float[9000], 8000),
        recording("noise", noise, 44_100),
        recording("offset", offset, 16_000),
        recording("long", new float[8000 * 8], 8000),
        Recording.of("six", Spoken.wav("ada", "six", 30)),
        Recording.of("another voice", Spoken.wav("bo", "two one two one", 30)));
  }

  private static Recording recording(String name, float[] samples, int rate) {
    return Recording.of(name, SoundWriter.wav(new Sound(samples, rate)));
  }

  @Override
  protected List<Transcript> answer(SpeechModel model, List<Recording> recordings) {
    return model.transcribe(recordings, SearchConfig.greedy(), Optional.empty(), 1).stream()
        .map(found -> found.get(0))
        .toList();
  }

  @Override
  protected Transcript answer(SpeechModel model, Recording recording) {
    return model.transcribe(recording);
  }

  @Override
  protected void save(SpeechModel model, Path file) {
    model.save(file);
  }

  @Override
  protected SpeechModel load(Path file) {
    return SpeechModel.load(file);
  }

  @Override
  protected Optional<Function<InputStream, SpeechModel>> streamLoader() {
    return Optional.of(SpeechModel::load);
  }

  @Override
  protected List<Object> description(SpeechModel model) {
    return List.of(model.config(), model.metrics(), model.provenance());
  }

  /** A beam adds up alignments, so what it finds is at least as probable. */
  @Test
  void aBeamFindsNoLessThanTheBestPath() {
    List<Recording> recordings = questions();
    SearchConfig beam = new SearchConfig(20, 0, 0);
    List<List<Transcript>> found = model().transcribe(recordings, beam, Optional.empty(), 3);
    List<Transcript> greedy = answer(model(), recordings);
    for (int i = 0; i < greedy.size(); i++) {
      assertThat(found.get(i)).hasSizeBetween(1, 3);
      double best = found.get(i).get(0).probability();
      assertThat(best).isGreaterThan(greedy.get(i).probability() - 1e-9);
    }
  }

  /** Whatever the pieces are in which it comes. */
  @Test
  void whatIsHeardAtOnceIsHeardPieceByPieceToo() {
    for (int piece : new int[] {1, 333, 20_000}) {
      for (String text : Spoken.TEXTS) {
        Sound sound = new Voice("ada", 1 + Spoken.TEXTS.indexOf(text)).say(text);
        float[] read = Recording.of("x", SoundWriter.wav(sound)).read().samples();
        LiveSpeech live = new LiveSpeech(model(), sound.rate());
        List<Transcript.Word> words = new ArrayList<>();
        for (int from = 0; from < read.length; from += piece) {
          words.addAll(
              live.hear(Arrays.copyOfRange(read, from, Math.min(read.length, from + piece))));
        }
        words.addAll(live.end());
        Transcript whole = model().transcribe(Recording.of("x", SoundWriter.wav(sound)));
        assertThat(words.stream().map(Transcript.Word::word))
            .containsExactlyElementsOf(whole.words().stream().map(Transcript.Word::word).toList());
        assertThat(live.seconds()).isCloseTo(sound.seconds(), offset(0.06));
        for (int i = 0; i < words.size(); i++) {
          assertThat(words.get(i).start()).isCloseTo(whole.words().get(i).start(), offset(0.2));
        }
      }
    }
    LiveSpeech nothing = new LiveSpeech(model(), 8000);
    assertThat(nothing.end()).isEmpty();
  }

  @Test
  void aModelThatReadsBothWaysHearsNoStream() {
    SpeechModel both = train(Spoken.config("epochs", "1"));
    assertThatThrownBy(() -> new LiveSpeech(both, 8000))
        .hasMessageContaining("needs the whole recording before its first word");
  }
}
