package dev.unroll.music;

import dev.unroll.cli.AnswerOptions;
import dev.unroll.cli.ConfigOptions;
import dev.unroll.cli.DemoSession;
import dev.unroll.data.Corpus;
import dev.unroll.data.Split;
import dev.unroll.generation.SamplingConfig;
import dev.unroll.music.abc.AbcWriter;
import dev.unroll.music.score.Score;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Trains on the sample, scores it and composes a little. */
@Command(name = "demo", description = "Train on the sample and show what the model composes.")
final class DemoCommand implements Runnable {
  @Mixin
  private final ConfigOptions<MusicConfig> settings =
      new ConfigOptions<>(Music.class, MusicConfig::with, "tiny");

  @Mixin private AnswerOptions answer;

  @Override
  public void run() {
    MusicConfig config = settings.config();
    Corpus<Piece> tunes = PieceFiles.train(Sample.TRAIN, config.rollStep(), line -> {});
    Split<Piece> split =
        new PieceSplitter(config.training().seed()).split(tunes, config.devFraction());
    MusicEncoder encoder = MusicEncoder.fit(split.train(), config);
    try (DemoSession demo = new DemoSession("symbols", answer)) {
      MusicModel model =
          new MusicTrainer(config).listener(demo.progress()).train(encoder, split).model();
      demo.show("Music: tunes of a kind of which it learnt others");
      split.dev().ifPresent(dev -> demo.show(model.evaluate(dev.examples()).toString()));
      ComposeRequest request =
          ComposeRequest.ofBars(8, config.training().seed())
              .withSampling(new SamplingConfig(0.7, 0, 1));
      Composition piece = model.compose(request);
      Score score = piece.score().named("Eight bars");
      demo.show(AbcWriter.write(score, 1).stripTrailing());
      piece
          .nearest()
          .ifPresent(
              near ->
                  demo.show(
                      "It shares %d of its %d notes in a row with '%s', which it learnt from."
                          .formatted(near.notes(), near.of(), near.piece())));
      demo.next(
          "music train --train tunes/ --model tunes.zip",
          "music compose --model tunes.zip --bars 16 --key G --temperature 0.8 --out tune.mid",
          "music explain --model tunes.zip --out tune.html tune.mid");
    }
  }
}
