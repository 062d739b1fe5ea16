package dev.unroll.layers.cuda;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The program that comes with NVIDIA's driver. It lists GPUs by their place on the bus, and knows
 * nothing of {@code CUDA_VISIBLE_DEVICES}, so only the driver is taken from it.
 */
final class NvidiaSmi {
  /** Every driver since 2012 knows these fields; {@code compute_cap} is newer. */
  private static final List<String> COMMAND =
      List.of("nvidia-smi", "--query-gpu=name,driver_version", "--format=csv,noheader");

  /** Where no program keeps the driver loaded, each of several cards takes seconds to begin. */
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final List<String> command;
  private final Duration patience;

  NvidiaSmi() {
    this(COMMAND, PATIENCE);
  }

  /** Another program in its place, for tests. */
  NvidiaSmi(List<String> command, Duration patience) {
    this.command = command;
    this.patience = patience;
  }

  /**
   * The driver.
   *
   * @throws IllegalStateException if there is none, or none that answers; the message says in one
   *     line which of these
   */
  Driver driver() {
    String answer = ask();
    Driver driver = Driver.parse(answer);
    if (driver == null) {
      String first = answer.lines().map(String::strip).findFirst().orElse("");
      throw new IllegalStateException(
          "found no NVIDIA GPU: nvidia-smi says "
              + (first.isEmpty() ? "nothing" : '"' + first + '"'));
    }
    return driver;
  }

  private String ask() {
    Process process;
    try {
      process = new ProcessBuilder(command).redirectErrorStream(true).start();
    } catch (IOException e) {
      throw new IllegalStateException(
          "found no NVIDIA GPU: there is no nvidia-smi on the PATH, which comes with the driver",
          e);
    }
    try {
      process.getOutputStream().close();
      if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new IllegalStateException(
            "found a driver that does not answer: nvidia-smi took more than %d s; run it by hand, and nvidia-smi -pm 1 to keep the driver loaded"
                .formatted(patience.toSeconds()));
      }
      return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new IllegalStateException("found no answer of nvidia-smi: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("found no answer of nvidia-smi: interrupted", e);
    } finally {
      process.destroyForcibly();
    }
  }
}
