package dev.unroll.testing;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** The Python of this machine, {@code python3}, if there is one. */
public final class Python {
  private Python() {}

  /** What a program prints, if there is a Python and the program ends well. */
  public static Optional<String> run(String program) throws InterruptedException {
    try {
      Process process =
          new ProcessBuilder("python3", "-c", program)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return process.waitFor() == 0 ? Optional.of(out) : Optional.empty();
    } catch (IOException e) {
      return Optional.empty(); // there is no Python
    }
  }
}
