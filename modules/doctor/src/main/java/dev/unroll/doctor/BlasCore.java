package dev.unroll.doctor;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.openblas.global.openblas_nolapack;

/**
 * For which processor OpenBLAS has chosen its kernels. Its Java binding has no function that tells,
 * but the library says it on standard error when {@code OPENBLAS_VERBOSE} is 2 while it loads, so a
 * second process loads it and is listened to.
 */
final class BlasCore {
  static final String UNKNOWN = "an unknown processor";
  private static final String PREFIX = "Core:";

  private BlasCore() {}

  /** Loads the library, and no more. */
  public static void main(String[] args) {
    Loader.load(openblas_nolapack.class);
  }

  /** The name, such as {@code SkylakeX}, or {@link #UNKNOWN}. */
  static String name() {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    ProcessBuilder builder =
        new ProcessBuilder(
                java, "-cp", System.getProperty("java.class.path"), BlasCore.class.getName())
            .redirectErrorStream(true);
    builder.environment().put("OPENBLAS_VERBOSE", "2");
    try {
      Process process = builder.start();
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      process.waitFor(10, TimeUnit.SECONDS);
      return parse(said);
    } catch (IOException e) {
      return UNKNOWN;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return UNKNOWN;
    }
  }

  static String parse(String said) {
    return said.lines()
        .filter(line -> line.startsWith(PREFIX))
        .map(line -> line.substring(PREFIX.length()).strip())
        .findFirst()
        .orElse(UNKNOWN);
  }
}
