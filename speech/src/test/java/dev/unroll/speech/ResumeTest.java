package dev.unroll.speech;

import dev.unroll.data.Corpus;
import dev.unroll.data.Split;
import dev.unroll.data.TrainingStopped;
import dev.unroll.testing.ResumeContract;

/** With all that is random: dropout, speeds, masks. */
class ResumeTest extends ResumeContract {
  private static Course course(int first, String rate) {
    SpeechConfig config =
        Spoken.config(
            "epochs", "3",
            "hidden", "8",
            "batch", "2",
            "dropout", "0.2",
            "input-dropout", "0.2",
            "speed-perturbation", "10",
            "time-masks", "1",
            "band-masks", "1",
            "learning-rate", rate);
    Corpus<Utterance> utterances = Spoken.corpus(first, "ada");
    return (target, resume, stop) -> {
      try {
        new SpeechTrainer(config)
            .target(target, resume)
            .stopWhen(stop)
            .train(UtteranceEncoder.fit(utterances, config), new Split<>(utterances, utterances));
        return true;
      } catch (TrainingStopped e) {
        return false;
      }
    };
  }

  @Override
  protected Course course() {
    return course(1, "0.01");
  }

  @Override
  protected Course otherSettings() {
    return course(1, "0.02");
  }

  @Override
  protected Course otherData() {
    return course(50, "0.01");
  }
}
