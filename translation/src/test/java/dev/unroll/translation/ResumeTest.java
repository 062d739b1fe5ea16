package dev.unroll.translation;

import dev.unroll.data.Corpus;
import dev.unroll.data.Split;
import dev.unroll.data.TrainingStopped;
import dev.unroll.testing.ResumeContract;
import java.util.HashMap;
import java.util.Map;

class ResumeTest extends ResumeContract {
  private static final Map<String, String> SETTINGS =
      Map.of(
          "dimensions",
          "8",
          "hidden",
          "6",
          "merges",
          "50",
          "epochs",
          "3",
          "batch",
          "12",
          "layers",
          "2");

  /** The bytes of the file are the same, but what is read of them is not. */
  private static Corpus<SentencePair> pairs(int from, int to) {
    Corpus<SentencePair> sample = Sample.train();
    return new Corpus<>(sample.examples().subList(from, to), sample.source(), sample.digest());
  }

  private static Course course(Corpus<SentencePair> pairs, TranslationConfig config) {
    Split<SentencePair> split = new Split<>(pairs, pairs(70, 90));
    return (target, resume, stop) -> {
      try {
        new TranslationTrainer(config)
            .target(target, resume)
            .stopWhen(stop)
            .train(PairEncoder.fit(pairs(0, 90), config), split);
        return true;
      } catch (TrainingStopped e) {
        return false;
      }
    };
  }

  @Override
  protected Course course() {
    return course(pairs(0, 60), TranslationConfig.with(SETTINGS));
  }

  @Override
  protected Course otherSettings() {
    Map<String, String> settings = new HashMap<>(SETTINGS);
    settings.put("learning-rate", "0.1");
    return course(pairs(0, 60), TranslationConfig.with(settings));
  }

  @Override
  protected Course otherData() {
    return course(pairs(1, 60), TranslationConfig.with(SETTINGS));
  }
}
