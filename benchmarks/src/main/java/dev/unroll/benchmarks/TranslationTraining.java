package dev.unroll.benchmarks;

import dev.unroll.data.Corpus;
import dev.unroll.data.Split;
import dev.unroll.data.TrainingListener;
import dev.unroll.data.TrainingStopped;
import dev.unroll.translation.PairEncoder;
import dev.unroll.translation.SentencePair;
import dev.unroll.translation.TranslationConfig;
import dev.unroll.translation.TranslationModel;
import dev.unroll.translation.TranslationTrainer;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * How fast a network like that of a model is trained: {@code MODEL TRAIN SECONDS}. The steps of the
 * first fifth of the time, in which the JVM compiles, do not count.
 */
public final class TranslationTraining {
  private TranslationTraining() {}

  /** Runs it. */
  public static void main(String[] arguments) {
    TranslationModel model = TranslationModel.load(Path.of(arguments[0]));
    Corpus<SentencePair> train = TranslationSymbols.read(arguments[1]);
    Clock clock = new Clock(Double.parseDouble(arguments[2]));
    try {
      new TranslationTrainer(allThreads(model.config()))
          .listener(clock)
          .stopWhen(clock::isOver)
          .train(model.encoder(), new Split<>(train, Optional.empty(), Optional.empty()));
      throw new IllegalStateException("the training ended before the time did");
    } catch (TrainingStopped expected) {
      PairEncoder encoder = model.encoder();
      double symbols =
          train.examples().stream()
              .mapToInt(pair -> encoder.prepare(pair).target().length)
              .average()
              .orElseThrow();
      System.out.printf("%.0f target symbols/s%n", clock.examplesPerSecond() * symbols);
    }
  }

  /** The same on all processors, however many the model was trained on. */
  private static TranslationConfig allThreads(TranslationConfig config) {
    Map<String, String> settings = new HashMap<>(config.toProperties());
    settings.put("threads", "0");
    return TranslationConfig.with(settings);
  }

  private static final class Clock implements TrainingListener {
    private final double seconds;
    private long began;
    private long warm;
    private long now;
    private long examplesWhenWarm;
    private long examples;
    private int epoch;
    private long before;

    Clock(double seconds) {
      this.seconds = seconds;
    }

    @Override
    public void stepped(Step step) {
      now = System.nanoTime();
      if (began == 0) {
        began = now;
      }
      if (step.epoch() != epoch) {
        epoch = step.epoch();
        before = examples;
      }
      examples = before + step.examples();
      if (warm == 0 && now - began > seconds / 5 * 1e9) {
        warm = now;
        examplesWhenWarm = examples;
      }
    }

    boolean isOver() {
      return now - began > seconds * 1e9;
    }

    double examplesPerSecond() {
      return (examples - examplesWhenWarm) / ((now - warm) / 1e9);
    }
  }
}
