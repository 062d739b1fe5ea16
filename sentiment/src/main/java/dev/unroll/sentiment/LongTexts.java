package dev.unroll.sentiment;

import dev.unroll.data.NetworkConfig;
import dev.unroll.data.Settings;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.IntStream;

/**
 * Tells who is about to train on long texts, with settings made for short ones, how much sooner the
 * preset that was made for long texts would be done.
 */
final class LongTexts {
  private static final String PRESET = "reviews";

  /** Below this many minutes there is nothing to say. */
  private static final double LONG = 10;

  /** By how much the preset must be faster to be worth a word. */
  private static final double MUCH = 3;

  /**
   * Multiplications of forward passes, and with them the backward passes, that a processor gets
   * done in a second: as on IMDB with the defaults, 55 reviews a second on two processors.
   */
  private static final double SPEED = 3.6e9;

  private LongTexts() {}

  /**
   * A line of advice.
   *
   * @param lengths the number of words of each training text, as far as they are read
   * @param processors that compute
   */
  static Optional<String> advice(SentimentConfig config, int[] lengths, int processors) {
    SentimentConfig preset = Settings.with(config, preset());
    double minutes = work(config, lengths) / (SPEED * processors * 60);
    double fewer = work(preset, lengths) / (SPEED * processors * 60);
    if (minutes < LONG || minutes < MUCH * fewer) {
      return Optional.empty();
    }
    return Optional.of(
        String.format(
            Locale.ROOT,
            "texts of %.0f words on average, the longest %d: all %d epochs with %d recurrent layers"
                + " take about %.0f minutes here; the preset '%s' (the first and last %d words, %d"
                + " epochs, %d layer) about %.0f",
            IntStream.of(lengths).average().orElse(0),
            IntStream.of(lengths).max().orElse(0),
            config.training().epochs(),
            config.network().layers(),
            minutes,
            PRESET,
            preset.maxWords() / 2,
            preset.training().epochs(),
            preset.network().layers(),
            Math.max(1, fewer)));
  }

  /** The multiplications of the forward passes of all epochs, about. */
  private static double work(SentimentConfig config, int[] lengths) {
    long read = 0;
    for (int length : lengths) {
      read += Math.min(length, config.maxWords());
    }
    return (double) config.training().epochs() * read * weights(config);
  }

  /** The weights of the recurrent layers, all of which every word is multiplied by. */
  private static long weights(SentimentConfig config) {
    NetworkConfig network = config.network();
    long gates =
        switch (network.cell()) {
          case LSTM -> 4;
          case GRU, GRU_RESET_AFTER -> 3;
          case RNN -> 1;
        };
    long weights = 0;
    long in = config.dimensions();
    for (int layer = 0; layer < network.layers(); layer++) {
      weights += gates * network.width() * (in + network.hidden());
      in = network.width();
    }
    return weights;
  }

  private static Map<String, String> preset() {
    Properties properties = new Properties();
    try (InputStream in =
        LongTexts.class.getResourceAsStream("presets/" + PRESET + ".properties")) {
      properties.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Map<String, String> map = new LinkedHashMap<>();
    properties.forEach((key, value) -> map.put((String) key, (String) value));
    return map;
  }
}
