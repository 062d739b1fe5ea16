package dev.unroll.cli;

import dev.unroll.data.TrainingListener;
import dev.unroll.data.UserError;
import picocli.CommandLine.Option;

/** Watching a training in a browser. */
public final class LiveOptions {
  private static final int HIGHEST_PORT = 65_535;

  @Option(
      names = "--live",
      paramLabel = "PORT",
      description =
          "Show how the training goes in a browser, at this port of this machine; 0 takes any that"
              + " is free.")
  private Integer port;

  /**
   * Begins to show a training, beside what shows it already; nothing more without {@code --live}.
   *
   * @param unit what an example is, in the plural
   * @throws UserError if the port cannot be had
   */
  public LiveProgress beside(TrainingListener shown, String unit) {
    if (port == null) {
      return LiveProgress.without(shown);
    }
    if (port < 0 || port > HIGHEST_PORT) {
      throw UserError.usage("--live must be from 0 to " + HIGHEST_PORT + ", got " + port);
    }
    LiveTraining training = new LiveTraining(unit, System::nanoTime);
    LivePage page = new LivePage(port, training);
    System.err.println("live: " + page.address());
    return LiveProgress.with(shown, training, page);
  }
}
