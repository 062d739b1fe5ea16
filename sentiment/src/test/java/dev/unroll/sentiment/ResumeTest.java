package dev.unroll.sentiment;

import dev.unroll.data.Corpus;
import dev.unroll.data.Split;
import dev.unroll.data.TrainingStopped;
import dev.unroll.testing.ResumeContract;
import java.util.HashMap;
import java.util.Map;

class ResumeTest extends ResumeContract {
  private static final Map<String, String> SETTINGS =
      Map.of("dimensions", "8", "hidden", "6", "epochs", "3", "batch", "16", "layers", "2");

  /** The bytes of the file are the same, but what is read of them is not. */
  private static Corpus<Review> reviews(int from, int to) {
    Corpus<Review> sample = Sample.train();
    return new Corpus<>(sample.examples().subList(from, to), sample.source(), sample.digest());
  }

  private static Course course(Corpus<Review> reviews, SentimentConfig config) {
    Split<Review> split = reviews.split(0.5, 1, Review::label);
    return (target, resume, stop) -> {
      try {
        new SentimentTrainer(config)
            .target(target, resume)
            .stopWhen(stop)
            .train(ReviewEncoder.fit(Sample.train(), config), split);
        return true;
      } catch (TrainingStopped e) {
        return false;
      }
    };
  }

  @Override
  protected Course course() {
    return course(reviews(0, 160), SentimentConfig.with(SETTINGS));
  }

  @Override
  protected Course otherSettings() {
    Map<String, String> settings = new HashMap<>(SETTINGS);
    settings.put("learning-rate", "0.1");
    return course(reviews(0, 160), SentimentConfig.with(settings));
  }

  @Override
  protected Course otherData() {
    return course(reviews(1, 160), SentimentConfig.with(SETTINGS));
  }
}
