package dev.unroll.benchmarks;

import dev.unroll.translation.SearchConfig;
import dev.unroll.translation.SentencePair;
import dev.unroll.translation.TranslationModel;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * How fast a model translates, once it is warm: {@code MODEL DATA}. All sentences in one call with
 * a beam of 5, the median of three times; and one sentence of 12 words alone, greedily, the median
 * and the 99th percentile.
 */
public final class TranslationSpeed {
  private static final int WORDS = 12;
  private static final int TIMES = 400;

  private TranslationSpeed() {}

  /** Runs it. */
  public static void main(String[] arguments) {
    TranslationModel model = TranslationModel.load(Path.of(arguments[0]));
    List<String> sentences =
        TranslationSymbols.read(arguments[1]).examples().stream()
            .map(SentencePair::source)
            .toList();
    double[] bulk =
        IntStream.range(0, 4)
            .mapToDouble(i -> seconds(model, sentences, SearchConfig.defaults()))
            .skip(1)
            .sorted()
            .toArray();
    System.out.printf(
        Locale.ROOT, "beam 5: %.1f sentences/s%n", sentences.size() / bulk[bulk.length / 2]);
    List<String> some =
        sentences.stream().filter(s -> s.split("\\s+").length == WORDS).limit(TIMES).toList();
    if (some.isEmpty()) {
      System.out.println("no sentence of " + WORDS + " words");
      return;
    }
    double[] alone =
        IntStream.range(0, 2 * TIMES)
            .mapToDouble(
                i -> seconds(model, List.of(some.get(i % some.size())), SearchConfig.greedy()))
            .skip(TIMES)
            .toArray();
    Arrays.sort(alone);
    System.out.printf(
        Locale.ROOT,
        "greedy, one of %d words: median %.2f ms, 99th percentile %.2f ms%n",
        WORDS,
        1000 * alone[TIMES / 2],
        1000 * alone[TIMES * 99 / 100]);
  }

  private static double seconds(TranslationModel model, List<String> texts, SearchConfig search) {
    long began = System.nanoTime();
    model.translate(texts, search);
    return (System.nanoTime() - began) / 1e9;
  }
}
