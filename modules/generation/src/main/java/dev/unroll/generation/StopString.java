package dev.unroll.generation;

import java.util.function.Consumer;

/**
 * Hands text on as it comes, up to a string that ends it. What may yet turn out to be the beginning
 * of that string is held back until it is known.
 */
public final class StopString {
  private final String stop;
  private final Consumer<String> out;
  private final StringBuilder held = new StringBuilder();
  private boolean found;

  /**
   * @param stop empty for a text without end
   */
  public StopString(String stop, Consumer<String> out) {
    this.stop = stop;
    this.out = out;
  }

  /** Takes the next piece of text; false once the string has been found. */
  public boolean accept(String piece) {
    held.append(piece);
    int at = stop.isEmpty() ? -1 : held.indexOf(stop);
    found |= at >= 0;
    emit(found ? at : held.length() - undecided());
    return !found;
  }

  /** Hands on what is still held back, for nothing more will come. */
  public void end() {
    if (!found) {
      emit(held.length());
    }
  }

  /** The length of the longest end of the text that is a beginning of the string. */
  private int undecided() {
    for (int length = Math.min(stop.length() - 1, held.length()); length > 0; length--) {
      if (stop.startsWith(held.substring(held.length() - length))) {
        return length;
      }
    }
    return 0;
  }

  private void emit(int length) {
    if (length > 0) {
      out.accept(held.substring(0, length));
      held.delete(0, length);
    }
  }
}
