package dev.unroll.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unroll.data.UserError;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** What may become of a file: it is cut off, or a bit of it is another. */
final class Damage {
  private static final int FLIPS = 10;

  private Damage() {}

  /** The file cut off at several places, by a description. */
  static Map<String, byte[]> cuts(byte[] whole) {
    Map<String, byte[]> cuts = new LinkedHashMap<>();
    int n = whole.length;
    for (int length : new int[] {0, 1, n / 4, n / 2, 3 * n / 4, n - 1}) {
      cuts.put("cut off after %d of %d bytes".formatted(length, n), Arrays.copyOf(whole, length));
    }
    return cuts;
  }

  /** The file with one bit changed, here and there, by a description. */
  static Map<String, byte[]> flips(byte[] whole) {
    Map<String, byte[]> flips = new LinkedHashMap<>();
    Random random = new Random(whole.length);
    for (int i = 0; i < FLIPS; i++) {
      int from = (int) ((long) whole.length * i / FLIPS);
      int to = (int) ((long) whole.length * (i + 1) / FLIPS);
      int place = from + random.nextInt(Math.max(1, to - from));
      int bit = random.nextInt(Byte.SIZE);
      byte[] flipped = whole.clone();
      flipped[place] ^= (byte) (1 << bit);
      flips.put("bit %d of byte %d of %d is another".formatted(bit, place, whole.length), flipped);
    }
    return flips;
  }

  /**
   * What {@code read} says of a file that is not as it should be; fails if it throws anything but
   * one line for the user that names the file.
   *
   * @return empty if it was read all the same
   */
  static Optional<String> refusal(String damage, Path file, Runnable read) {
    try {
      read.run();
      return Optional.empty();
    } catch (UserError e) {
      assertThat(e.getMessage()).as(damage).contains(file.toString());
      assertThat(e.getMessage().lines()).as(damage).hasSize(1);
      assertThat(e.kind()).as(damage).isEqualTo(UserError.Kind.DATA);
      return Optional.of(e.getMessage());
    } catch (RuntimeException e) {
      throw new AssertionError("%s: %s instead of a UserError".formatted(damage, e), e);
    }
  }

  static byte[] bytes(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Path write(Path file, byte[] bytes) {
    try {
      return Files.write(file, bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
