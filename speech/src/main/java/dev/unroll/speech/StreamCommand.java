package dev.unroll.speech;

import dev.unroll.cli.AnswerOptions;
import dev.unroll.cli.Answers;
import dev.unroll.cli.NetworkModelOptions;
import dev.unroll.data.TextSource;
import dev.unroll.sound.LiveSound;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Answers while the sound still comes in. */
@Command(
    name = "stream",
    description = "Write down what is said while the sound still comes in, a word a line.")
final class StreamCommand implements Runnable {
  /** Seconds of sound that are read at once. */
  private static final double CHUNK = 0.05;

  @Mixin private NetworkModelOptions model;
  @Mixin private AnswerOptions answer;

  @Option(
      names = "--raw",
      paramLabel = "HZ",
      description =
          "The sound has no header: samples of 16 bits, little-endian, one channel, so many a"
              + " second.")
  private Integer raw;

  @Parameters(
      paramLabel = "FILE",
      arity = "0..1",
      description = "A WAV file; without one, or for -, standard input.")
  private String file = TextSource.STANDARD_INPUT;

  @Override
  public void run() {
    SpeechModel loaded = SpeechModel.load(model.model());
    loaded.requireForward(model.model());
    Answers answers = answer.answers();
    List<Double> latencies = new ArrayList<>();
    TextSource source = TextSource.of(file);
    try (InputStream in = source.openBytes()) {
      LiveSound sound =
          raw == null ? LiveSound.wav(in, source.name()) : LiveSound.raw(in, source.name(), raw);
      LiveSpeech speech = new LiveSpeech(loaded, sound.rate());
      double heard = 0;
      int chunk = Math.max(1, (int) (CHUNK * sound.rate()));
      for (float[] samples = sound.next(chunk); samples.length > 0; samples = sound.next(chunk)) {
        heard += (double) samples.length / sound.rate();
        long began = System.nanoTime();
        List<Transcript.Word> words = speech.hear(samples);
        double computed = (System.nanoTime() - began) / 1e9;
        for (Transcript.Word word : words) {
          latencies.add(print(answers, word, heard - word.end() + computed));
        }
      }
      for (Transcript.Word word : speech.end()) {
        latencies.add(print(answers, word, Math.max(0, heard - word.end())));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e); // of closing; reading is the source's own affair
    }
    latencies.sort(null);
    if (!latencies.isEmpty()) {
      answer
          .err()
          .printf(
              Locale.ROOT,
              "latency: a word is written %.2f s after its end at the median, %.2f s at most%n",
              latencies.get(latencies.size() / 2),
              latencies.get(latencies.size() - 1));
    }
  }

  private static double print(Answers answers, Transcript.Word word, double latency) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("word", word.word());
    object.put("start", word.start());
    object.put("end", word.end());
    object.put("latency", Math.round(1000 * latency) / 1000.0);
    answers.print(object, word.word());
    answers.flush();
    return latency;
  }
}
