package dev.unroll.translation;

import dev.unroll.data.Corpus;
import dev.unroll.data.Split;
import dev.unroll.data.TrainingStopped;
import dev.unroll.testing.ResumeContract;
import java.util.HashMap;
import java.util.Map;

class ResumeTest extends ResumeContract {
  private static final Map<String, String> SETTINGS =
      Map.of("dimensions", "8", "hidden", "8", "epochs", "3", "batch", "8", "words", "whole");

  static Course course(long seed, Map<String, String> settings, String... more) {
    Map<String, String> all = new HashMap<>(settings);
    for (int i = 0; i < more.length; i += 2) {
      all.put(more[i], more[i + 1]);
    }
    TranslationConfig config = TranslationConfig.with(all);
    Corpus<SentencePair> pairs = Reversed.pairs(40, seed);
    Split<SentencePair> split = pairs.split(0.25, 1);
    return (target, resume, stop) -> {
      try {
        new TranslationTrainer(config)
            .target(target, resume)
            .stopWhen(stop)
            .train(PairEncoder.fit(pairs, config), split);
        return true;
      } catch (TrainingStopped e) {
        return false;
      }
    };
  }

  @Override
  protected Course course() {
    return course(1, SETTINGS);
  }

  @Override
  protected Course otherSettings() {
    return course(1, SETTINGS, "label-smoothing", "0.2");
  }

  @Override
  protected Course otherData() {
    return course(2, SETTINGS);
  }
}
