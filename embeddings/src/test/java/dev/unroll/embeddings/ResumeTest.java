package dev.unroll.embeddings;

import dev.unroll.data.TrainingListener;
import dev.unroll.data.TrainingStopped;
import dev.unroll.testing.ResumeContract;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

/** On one thread, as only then the bytes are the same at all. */
class ResumeTest extends ResumeContract {
  private static Course course(String rate, String text) {
    EmbeddingConfig config =
        EmbeddingTrainerTest.config(
            Map.of("threads", "1", "min-count", "2", "learning-rate", rate));
    return (target, resume, stop) -> {
      AtomicBoolean read = new AtomicBoolean(); // before the text is read nothing can be kept
      EmbeddingTrainer trainer =
          new EmbeddingTrainer(config)
              .target(target, dev.unroll.text.WordVectorsWriter.Format.BINARY, resume)
              .listener(
                  new TrainingListener() {
                    @Override
                    public void planned(Plan plan) {
                      read.set(true);
                    }
                  })
              .stopWhen(() -> read.get() && stop.getAsBoolean());
      try {
        trainer.train(EmbeddingTrainerTest.reader(text));
        return true;
      } catch (TrainingStopped e) {
        return false;
      }
    };
  }

  @Override
  protected Course course() {
    return course("0.05", EmbeddingTrainerTest.twoGroups(4000)); // some blocks
  }

  @Override
  protected Course otherSettings() {
    return course("0.06", EmbeddingTrainerTest.twoGroups(4000));
  }

  @Override
  protected Course otherData() {
    return course("0.05", EmbeddingTrainerTest.twoGroups(3999));
  }
}
