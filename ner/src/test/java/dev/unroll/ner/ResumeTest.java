package dev.unroll.ner;

import dev.unroll.data.Corpus;
import dev.unroll.data.Split;
import dev.unroll.data.TrainingStopped;
import dev.unroll.testing.ResumeContract;
import java.util.HashMap;
import java.util.Map;

/** Dropped words included. */
class ResumeTest extends ResumeContract {
  private static final Map<String, String> SETTINGS =
      Map.of("dimensions", "8", "hidden", "6", "epochs", "3", "batch", "16");

  private static Course course(Corpus<TaggedSentence> sentences, NerConfig config) {
    Split<TaggedSentence> split = sentences.split(0.5, 1);
    return (target, resume, stop) -> {
      try {
        new NerTrainer(config)
            .target(target, resume)
            .stopWhen(stop)
            .train(TagEncoder.fit(Sample.train(), config), split);
        return true;
      } catch (TrainingStopped e) {
        return false;
      }
    };
  }

  @Override
  protected Course course() {
    return course(Sample.train(), NerConfig.with(SETTINGS));
  }

  @Override
  protected Course otherSettings() {
    Map<String, String> settings = new HashMap<>(SETTINGS);
    settings.put("learning-rate", "0.1");
    return course(Sample.train(), NerConfig.with(settings));
  }

  /** The bytes of the file are the same, but what is read of them is not. */
  @Override
  protected Course otherData() {
    Corpus<TaggedSentence> sample = Sample.train();
    var fewer = sample.examples().subList(1, sample.size());
    return course(new Corpus<>(fewer, sample.source(), sample.digest()), NerConfig.with(SETTINGS));
  }
}
