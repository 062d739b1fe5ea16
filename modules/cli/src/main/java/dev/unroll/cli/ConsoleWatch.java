package dev.unroll.cli;

import dev.unroll.data.TrainingListener;

/** Shows a training on standard error, and in a browser with {@code --live}; hears Ctrl-C. */
final class ConsoleWatch implements TrainingWatch {
  private final ConsoleProgress progress;
  private final LiveProgress live;
  private final Interruption interruption;

  /**
   * Watches until it is closed.
   *
   * @param unit what an example is, in the plural
   * @throws dev.unroll.data.UserError if there is no port for {@code --live}
   */
  ConsoleWatch(String unit, LiveOptions live) {
    this.progress = new ConsoleProgress(unit);
    this.live = live.beside(progress, unit);
    this.interruption = Interruption.listen(); // last, for nobody closes what could not be made
  }

  @Override
  public TrainingListener listener() {
    return live;
  }

  @Override
  public boolean stopRequested() {
    return interruption.requested();
  }

  @Override
  public void close() {
    live.close();
    progress.close();
    interruption.close();
  }
}
