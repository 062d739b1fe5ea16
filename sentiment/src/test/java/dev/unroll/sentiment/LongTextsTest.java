package dev.unroll.sentiment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unroll.data.Corpus;
import dev.unroll.data.Split;
import dev.unroll.data.TrainingListener;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;

class LongTextsTest {
  private static final SentimentConfig DEFAULTS = SentimentConfig.defaults();

  private static int[] texts(int count, int words) {
    int[] lengths = new int[count];
    Arrays.fill(lengths, words);
    return lengths;
  }

  /**
   * 25,000 texts of 800 words, 8 epochs, 480,000 weights: 7.7e13 multiplications, at 7.2e9 a second
   * 178 minutes. The preset reads half the words, in 3 epochs, and has half the weights: 16.7.
   */
  @Test
  void longTextsWithSettingsForShortOnesAreAdvisedWithNumbers() {
    assertThat(LongTexts.advice(DEFAULTS, texts(25_000, 800), 2))
        .hasValue(
            "texts of 800 words on average, the longest 800: all 8 epochs with 2 recurrent layers"
                + " take about 178 minutes here; the preset 'reviews' (the first and last 200 words,"
                + " 3 epochs, 1 layer) about 17");
  }

  @Test
  void otherwiseThereIsNothingToSay() {
    assertThat(LongTexts.advice(DEFAULTS, texts(7_000, 20), 2)).isEmpty();
    assertThat(LongTexts.advice(DEFAULTS, texts(1_000, 250), 2)).isEmpty();
    assertThat(LongTexts.advice(DEFAULTS, new int[0], 2)).isEmpty();
    SentimentConfig preset =
        SentimentConfig.with(Map.of("layers", "1", "max-words", "400", "epochs", "3"));
    assertThat(LongTexts.advice(preset, texts(25_000, 400), 2)).isEmpty();
  }

  @Test
  void theListenerIsToldBeforeTheTrainingBegins() {
    List<Review> reviews =
        new ArrayList<>(Collections.nCopies(250, new Review("good", "word ".repeat(4_000))));
    reviews.add(new Review("bad", "short"));
    Corpus<Review> corpus = new Corpus<>(reviews, "long texts", "none");
    SentimentConfig config = SentimentConfig.with(Map.of("threads", "1", "epochs", "40"));
    List<String> advice = new ArrayList<>();
    TrainingListener listener =
        new TrainingListener() {
          @Override
          public void planned(Plan plan) {
            plan.advice().ifPresent(advice::add);
            throw new CancellationException();
          }
        };
    try {
      new SentimentTrainer(config)
          .listener(listener)
          .train(ReviewEncoder.fit(corpus, config), new Split<>(corpus, corpus));
    } catch (CancellationException e) {
      // Enough was heard.
    }
    assertThat(advice).hasSize(1);
    assertThat(advice.get(0))
        .startsWith("texts of 2490 words on average, the longest 2500: all 40");
  }
}
