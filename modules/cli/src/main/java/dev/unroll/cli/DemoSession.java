package dev.unroll.cli;

import dev.unroll.data.TrainingListener;
import java.util.List;

/**
 * What the verb {@code demo} of every task does around its answers: it says on standard error that
 * it is training, with a bar on a terminal and no more, and in the end what to try next.
 */
public final class DemoSession implements AutoCloseable {
  private final ConsoleProgress progress;
  private final Answers answers;

  /**
   * A session that shows a training until it is closed.
   *
   * @param unit what an example is, in the plural
   */
  public DemoSession(String unit, AnswerOptions answer) {
    this.progress = ConsoleProgress.brief(unit);
    this.answers = answer.answers();
  }

  /** Shows the training on standard error. */
  public TrainingListener progress() {
    return progress;
  }

  /** Prints a line or several. */
  public void show(String text) {
    answers.text(text);
  }

  /**
   * Prints what to try with data of one's own.
   *
   * @param commands without {@code ./unroll} before them
   */
  public void next(String... commands) {
    answers.text("\nNext, with data of your own:");
    for (String command : List.of(commands)) {
      answers.text("  ./unroll " + command);
    }
  }

  @Override
  public void close() {
    progress.close();
  }
}
