package dev.unroll.embeddings;

import java.io.PrintStream;
import java.util.Locale;

/** Shows a training on standard error: one line that is written over on a terminal, else a few. */
final class EmbeddingProgress implements EmbeddingListener, AutoCloseable {
  private static final double LINES = 10;

  private final PrintStream err = System.err;
  private final boolean terminal = Integer.getInteger("unroll.columns", 0) > 0;
  private double wordsPerSecond;
  private int shown = -1;
  private boolean open;

  @Override
  public void encoded(Lexicon lexicon) {
    err.printf(
        Locale.ROOT, "%,d words of text, %,d in the vocabulary%n", lexicon.total(), lexicon.size());
    // The table of all words of the text is garbage now; without this, the memory it leaves is not
    // used again by the weights, which are made next.
    System.gc();
  }

  @Override
  public void progressed(Progress progress) {
    wordsPerSecond = progress.wordsPerSecond();
    int tenth = (int) (progress.done() * LINES);
    if (!terminal && tenth == shown) {
      return;
    }
    shown = tenth;
    long left =
        Math.round(progress.elapsed().toMillis() / 1e3 * (1 - progress.done()) / progress.done());
    err.printf(
        Locale.ROOT,
        "%sepoch %d/%d  %3.0f %%  %,.0f words/s  learning rate %.5f  %d:%02d left%s",
        terminal ? "\r" : "",
        progress.epoch(),
        progress.epochs(),
        100 * progress.done(),
        wordsPerSecond,
        progress.learningRate(),
        left / 60,
        left % 60,
        terminal ? " " : System.lineSeparator());
    open = terminal;
  }

  /** Of the whole training. */
  double wordsPerSecond() {
    return wordsPerSecond;
  }

  /** Ends the line, so that what follows stands on one of its own. */
  void endLine() {
    if (open) {
      err.println();
      open = false;
    }
  }

  @Override
  public void close() {
    endLine();
  }
}
