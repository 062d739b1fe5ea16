package dev.unroll.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Trains a network for some steps and prints the most memory that the process ever had, which Linux
 * tells: a line "LIBRARY NETWORK memory MB".
 *
 * <pre>
 *   Footprint LIBRARY NETWORK
 * </pre>
 */
public final class Footprint {
  private static final int STEPS = 50;

  private Footprint() {}

  /** Trains and prints. */
  public static void main(String[] args) throws IOException {
    NetworkBenchmark training = new NetworkBenchmark();
    training.library = args[0];
    training.network = args[1];
    training.work = "train";
    training.prepare();
    for (int i = 0; i < STEPS; i++) {
      training.run();
    }
    System.out.printf("%s %s memory %d%n", args[0], args[1], mostMemory() >> 10);
  }

  private static long mostMemory() throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
      if (line.startsWith("VmHWM:")) {
        return Long.parseLong(line.replaceAll("\\D", ""));
      }
    }
    throw new IOException("/proc/self/status has no VmHWM");
  }
}
