package dev.unroll.activity;

import dev.unroll.data.Corpus;
import dev.unroll.data.Split;
import dev.unroll.data.TrainingStopped;
import dev.unroll.testing.ResumeContract;
import java.util.List;

class ResumeTest extends ResumeContract {
  private static Course course(List<Recording> recordings, String... more) {
    Corpus<Recording> corpus = new Corpus<>(recordings, "a handful", "none");
    ActivityConfig config = Handful.config(more);
    return (target, resume, stop) -> {
      try {
        new ActivityTrainer(config)
            .target(target, resume)
            .stopWhen(stop)
            .train(ActivityEncoder.fit(Handful.corpus(), config), new Split<>(corpus, corpus));
        return true;
      } catch (TrainingStopped e) {
        return false;
      }
    };
  }

  private static Course course(List<Recording> recordings, double rate) {
    return course(
        recordings,
        "epochs",
        "4",
        "dropout",
        "0.5",
        "jitter",
        "0.1",
        "crop",
        "0.2",
        "learning-rate",
        String.valueOf(rate));
  }

  @Override
  protected Course course() {
    return course(Handful.RECORDINGS, 0.02);
  }

  @Override
  protected Course otherSettings() {
    return course(Handful.RECORDINGS, 0.1);
  }

  @Override
  protected Course otherData() {
    return course(Handful.RECORDINGS.subList(1, 9), 0.02);
  }
}
