package dev.unroll.speech;

import dev.unroll.cli.HtmlPage;
import dev.unroll.sound.FeatureConfig;
import dev.unroll.sound.Features;
import dev.unroll.sound.Sound;
import dev.unroll.sound.SoundWriter;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** What a model hears in recordings, as a page of HTML that needs nothing else. */
final class SpeechPage {
  /** Points of the waveform. */
  private static final int POINTS = 1200;

  /** Classes that are never as probable as this are not drawn. */
  private static final float SHOWN = 0.05f;

  private SpeechPage() {}

  /**
   * A recording as the page draws it.
   *
   * @param audio the sound as a WAV file in Base64
   * @param low of the waveform, the least sample of each stretch
   * @param high likewise the greatest
   * @param spectrum {@code [frames][mels]}, from 0 to 9
   * @param classes what the curves are of: characters, and the blank
   * @param posteriors the probability of each of them, {@code [classes][steps]}
   */
  record Heard(
      String path,
      String text,
      double probability,
      double seconds,
      double stepSeconds,
      List<Transcript.Word> words,
      String audio,
      List<Double> low,
      List<Double> high,
      List<String> spectrum,
      List<String> classes,
      List<List<Double>> posteriors) {}

  static String of(List<Heard> heard) {
    return new HtmlPage(SpeechPage.class, "speech.html").fill("HEARD", heard).html();
  }

  static Heard hear(SpeechModel model, Recording recording) {
    Sound sound = recording.read();
    Transcript transcript =
        model
            .transcribe(
                List.of(recording.name()),
                List.of(sound),
                SearchConfig.greedy(),
                Optional.empty(),
                1)
            .get(0)
            .get(0);
    List<Double> low = new ArrayList<>();
    List<Double> high = new ArrayList<>();
    waveform(sound.samples(), low, high);
    float[][] posteriors = model.posteriors(sound);
    List<String> classes = new ArrayList<>();
    List<List<Double>> curves = new ArrayList<>();
    for (int k = 0; k < posteriors[0].length; k++) {
      float[] curve = new float[posteriors.length];
      float most = 0;
      for (int t = 0; t < curve.length; t++) {
        curve[t] = posteriors[t][k];
        most = Math.max(most, curve[t]);
      }
      if (most >= SHOWN) {
        classes.add(k == 0 ? "blank" : Character.toString(model.encoder().alphabet().character(k)));
        curves.add(HtmlPage.rounded(curve));
      }
    }
    return new Heard(
        transcript.path(),
        transcript.text(),
        transcript.probability(),
        sound.seconds(),
        model.config().stepSeconds(),
        transcript.words(),
        Base64.getEncoder().encodeToString(SoundWriter.wav(sound)),
        low,
        high,
        spectrum(model.config().audio(), sound),
        classes,
        curves);
  }

  private static void waveform(float[] samples, List<Double> low, List<Double> high) {
    int points = Math.min(POINTS, samples.length);
    for (int i = 0; i < points; i++) {
      int from = (int) ((long) i * samples.length / points);
      int to = (int) ((long) (i + 1) * samples.length / points);
      float least = samples[from];
      float most = samples[from];
      for (int n = from; n < to; n++) {
        least = Math.min(least, samples[n]);
        most = Math.max(most, samples[n]);
      }
      low.addAll(HtmlPage.rounded(least));
      high.addAll(HtmlPage.rounded(most));
    }
  }

  /** A digit a band, a text a frame: nine shades between the quietest and the loudest. */
  private static List<String> spectrum(FeatureConfig config, Sound sound) {
    FeatureConfig bands =
        new FeatureConfig(
            FeatureConfig.Kind.LOG_MEL,
            config.sampleRate(),
            config.mels(),
            config.coefficients(),
            config.frame(),
            config.step(),
            config.preemphasis());
    float[][] frames = new Features(bands).of(sound);
    float least = Float.MAX_VALUE;
    float most = -Float.MAX_VALUE;
    for (float[] frame : frames) {
      for (float value : frame) {
        least = Math.min(least, value);
        most = Math.max(most, value);
      }
    }
    // What is far below the loudest is not heard beside it.
    least = Math.max(least, most - 14);
    List<String> texts = new ArrayList<>();
    for (float[] frame : frames) {
      StringBuilder text = new StringBuilder();
      for (float value : frame) {
        float share = most > least ? (value - least) / (most - least) : 0;
        text.append((char) ('0' + Math.round(9 * Math.max(0, share))));
      }
      texts.add(text.toString());
    }
    return texts;
  }
}
