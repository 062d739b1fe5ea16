package dev.unroll.music;

import dev.unroll.data.Corpus;
import dev.unroll.data.Split;
import dev.unroll.data.TrainingStopped;
import dev.unroll.testing.ResumeContract;

/** The order and the keys of the pieces, which change with the epoch, included. */
class ResumeTest extends ResumeContract {
  @Override
  protected int[][] stops() {
    return new int[][] {{1}, {3, 4}, {6, 14}};
  }

  private static Course course(String rate, String abc) {
    MusicConfig config =
        Tunes.config(
            "epochs",
            "2",
            "hidden",
            "16",
            "dropout",
            "0.2",
            "layers",
            "2",
            "transpose",
            "2",
            "learning-rate",
            rate,
            "window",
            "10");
    Corpus<Piece> corpus = Tunes.read(abc);
    MusicEncoder encoder = MusicEncoder.fit(corpus, config);
    return (target, resume, stop) -> {
      try {
        new MusicTrainer(config)
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
    return course("0.02", Tunes.ABC);
  }

  @Override
  protected Course otherSettings() {
    return course("0.03", Tunes.ABC);
  }

  @Override
  protected Course otherData() {
    return course("0.02", Tunes.ABC.replace("CDEF", "CDEG"));
  }
}
