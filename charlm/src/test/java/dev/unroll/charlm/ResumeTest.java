package dev.unroll.charlm;

import dev.unroll.data.Corpus;
import dev.unroll.data.Split;
import dev.unroll.data.TrainingStopped;
import dev.unroll.testing.ResumeContract;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;

/** The state that is carried from window to window included. */
class ResumeTest {
  @Nested
  class Lstm extends OfCell {
    @Override
    String cell() {
      return "lstm";
    }
  }

  @Tag("slow")
  @Nested
  class Gru extends OfCell {
    @Override
    String cell() {
      return "gru";
    }
  }

  @Nested
  class Reverse extends OfCell {
    @Override
    String cell() {
      return "lstm";
    }

    @Override
    boolean reverse() {
      return true;
    }

    @Override
    protected Course otherSettings() {
      return course("0.02", false, List.of(new Passage(Verse.TEXT)));
    }
  }

  abstract static class OfCell extends ResumeContract {
    abstract String cell();

    boolean reverse() {
      return false;
    }

    @Override
    protected int[][] stops() {
      return new int[][] {{1}, {3, 4}, {6, 14}};
    }

    private Course course(String rate, List<Passage> passages) {
      return course(rate, reverse(), passages);
    }

    Course course(String rate, boolean reverse, List<Passage> passages) {
      CharLmConfig config =
          Verse.config(
              "cell",
              cell(),
              "reverse",
              String.valueOf(reverse),
              "epochs",
              "4",
              "dropout",
              "0.2",
              "layers",
              "2",
              "hidden",
              "24",
              "learning-rate",
              rate);
      CharEncoder encoder = CharEncoder.fit(Verse.corpus(config), config);
      Corpus<Passage> corpus = new Corpus<>(passages, "a verse", "none");
      return (target, resume, stop) -> {
        try {
          new CharLmTrainer(config)
              .target(target, resume)
              .stopWhen(stop)
              .train(encoder, new Split<>(corpus, corpus));
          return true;
        } catch (TrainingStopped e) {
          return false;
        }
      };
    }

    @Override
    protected Course course() {
      return course("0.02", List.of(new Passage(Verse.TEXT)));
    }

    @Override
    protected Course otherSettings() {
      return course("0.03", List.of(new Passage(Verse.TEXT)));
    }

    @Override
    protected Course otherData() {
      return course("0.02", List.of(new Passage(Verse.TEXT.replace("tide", "time"))));
    }
  }
}
