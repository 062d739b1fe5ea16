package dev.unroll.serving;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/**
 * The tab of a task on the page: a JavaScript module whose default export is a function {@code
 * (root, task)} that fills an element. {@code modules/server/README.md} says what {@code task} can
 * do.
 *
 * @param title what stands on the tab
 * @param place tabs are in the order of this number
 * @param beside the class beside which the script lies
 * @param script the name of the resource
 */
public record Tab(String title, int place, Class<?> beside, String script) {
  /**
   * The script.
   *
   * @throws IllegalArgumentException if there is none of that name
   */
  public byte[] read() {
    try (InputStream in = beside.getResourceAsStream(script)) {
      if (in == null) {
        throw new IllegalArgumentException(script + " is missing beside " + beside);
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
