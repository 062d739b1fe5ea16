package dev.unroll.speech;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;

import dev.unroll.data.Corpus;
import dev.unroll.data.UserError;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.dataset.MultiDataSet;

class UtteranceEncoderTest {
  private static final Corpus<Utterance> UTTERANCES = Spoken.corpus(1, "ada");

  @Test
  void stepsAndLabelsAreLaidSideBySide() {
    SpeechConfig config = Spoken.config("deltas", "2", "stack", "3");
    UtteranceEncoder encoder = UtteranceEncoder.fit(UTTERANCES, config);
    List<EncodedUtterance> prepared = encoder.prepareAll(UTTERANCES.examples().subList(2, 4));
    MultiDataSet batch = encoder.encode(prepared);
    int steps = encoder.length(prepared.get(1));
    assertThat(steps).isEqualTo((prepared.get(1).frames().length + 2) / 3);
    assertThat(batch.getFeatures(0).shape()).containsExactly(2, 16 * 3 * 3, steps);
    assertThat(batch.getFeaturesMaskArray(0).sumNumber().intValue())
        .isEqualTo(steps + encoder.length(prepared.get(0)));
    assertThat(batch.getLabels(0).shape()).containsExactly(2, 1, "one six two".length());
    assertThat(batch.getLabelsMaskArray(0).sumNumber().intValue()).isEqualTo(14);
    assertThat(encoder.alphabet().text(prepared.get(1).labels())).isEqualTo("one six two");
    float[][] frames = prepared.get(1).frames();
    for (int f = 0; f < 16; f++) {
      assertThat(batch.getFeatures(0).getFloat(1, 48 + f, 2)).isEqualTo(frames[7][f]);
    }
  }

  @Test
  void eachRecordingHasMeanZeroAndDeviationOne() {
    UtteranceEncoder encoder = UtteranceEncoder.fit(UTTERANCES, Spoken.config());
    float[][] frames = encoder.prepare(UTTERANCES.examples().get(0)).frames();
    double sum = 0;
    double squares = 0;
    for (float[] frame : frames) {
      sum += frame[5];
      squares += frame[5] * frame[5];
    }
    assertThat(sum / frames.length).isCloseTo(0, offset(1e-4));
    assertThat(squares / frames.length).isCloseTo(1, offset(1e-3));
  }

  @Test
  void charactersThatAreNotKnownAreLeftOut() {
    Alphabet alphabet = Alphabet.of(List.of(" Ab  a\u0301 "), false);
    assertThat(alphabet.classes()).isEqualTo(5); // blank, space, A, b, á
    assertThat(alphabet.normalised("  b\t b ")).isEqualTo("b b");
    assertThat(alphabet.text(alphabet.labels("b?á"))).isEqualTo("bá");
    assertThat(Alphabet.of(List.of("Ab"), true).normalised("BA")).isEqualTo("ba");
  }

  @Test
  void aTextThatDoesNotFitIsNamedBeforeTraining() {
    UtteranceEncoder encoder = UtteranceEncoder.fit(UTTERANCES, Spoken.config());
    Recording recording = Recording.of("x.wav", Spoken.wav("ada", "two", 1)).namedAt("m.tsv:7");
    Utterance full = new Utterance(recording, "two one six two one six two one", null);
    assertThatThrownBy(() -> encoder.prepare(full))
        .isInstanceOf(UserError.class)
        .hasMessageStartingWith(
            "m.tsv:7: 'two one six two one six two one' takes 31 steps of 40 ms")
        .hasMessageContaining("set stack below 4");
    Corpus<Utterance> silent =
        new Corpus<>(List.of(new Utterance(recording, " ", null)), "m.tsv", "d");
    assertThatThrownBy(() -> UtteranceEncoder.fit(silent, Spoken.config()))
        .hasMessage("m.tsv: no text has a character; write down what is said in the recordings");
  }

  @Test
  void trainingHearsItSlowerFasterAndWithHoles() {
    SpeechConfig config =
        Spoken.config("speed-perturbation", "10", "time-masks", "1", "band-masks", "1");
    UtteranceEncoder encoder = UtteranceEncoder.fit(UTTERANCES, config);
    EncodedUtterance prepared = encoder.prepareVaried(UTTERANCES.examples().get(0));
    assertThat(prepared.speeds()).hasNumberOfRows(3);
    assertThat(prepared.speeds()[1].length).isGreaterThan(prepared.frames().length);
    assertThat(prepared.speeds()[2].length).isLessThan(prepared.frames().length);
    UtteranceVariation variation = new UtteranceVariation(config.mask());
    EncodedUtterance once = variation.vary(prepared, new SplittableRandom(3));
    EncodedUtterance again = variation.vary(prepared, new SplittableRandom(3));
    EncodedUtterance other = variation.vary(prepared, new SplittableRandom(5));
    assertThat(once.frames()).isDeepEqualTo(again.frames());
    assertThat(other.frames()).isNotEqualTo(once.frames());
    assertThat(once.labels()).isEqualTo(prepared.labels());
    assertThat(encoder.prepareVaried(UTTERANCES.examples().get(0)).speeds())
        .isDeepEqualTo(prepared.speeds());
  }
}
