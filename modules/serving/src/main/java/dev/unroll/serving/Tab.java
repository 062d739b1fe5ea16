package dev.unroll.serving;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * The tab of a task on the page: a JavaScript module whose default export is a function {@code
 * (root, task)} that fills an element. {@code modules/server/README.md} says what {@code task} can
 * do.
 *
 * @param title what stands on the tab
 * @param place tabs are in the order of this number
 * @param beside the class beside which the script lies
 * @param scripts the names of the resources that make up the module, one behind the other: what a
 *     page of the task's own has too stands in one of its own
 */
public record Tab(String title, int place, Class<?> beside, List<String> scripts) {
  /** Copies the names. */
  public Tab {
    scripts = List.copyOf(scripts);
  }

  /** A tab of one script. */
  public Tab(String title, int place, Class<?> beside, String script) {
    this(title, place, beside, List.of(script));
  }

  /**
   * The module.
   *
   * @throws IllegalArgumentException if a script is missing
   */
  public byte[] read() {
    ByteArrayOutputStream module = new ByteArrayOutputStream();
    for (String script : scripts) {
      try (InputStream in = beside.getResourceAsStream(script)) {
        if (in == null) {
          throw new IllegalArgumentException(script + " is missing beside " + beside);
        }
        in.transferTo(module);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return module.toByteArray();
  }
}
