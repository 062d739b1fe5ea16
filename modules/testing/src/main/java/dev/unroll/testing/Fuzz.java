package dev.unroll.testing;

import dev.unroll.data.ModelFileWriter;
import dev.unroll.data.UserError;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * Has a reader read what was damaged at random. Whatever comes, it reads it or refuses it by a
 * {@link UserError}, and takes no more than seconds. In every build the same few cases are tried;
 * {@code mvn test -Pfuzz} tries others for as long as {@value #SECONDS} says. What goes wrong is
 * kept below {@code target/fuzz}, and the message names the seed.
 */
public final class Fuzz {
  static final String SECONDS = "unroll.fuzz.seconds";

  private static final long SLOW = Duration.ofSeconds(10).toNanos();

  /** Reads, and throws what it finds wrong. */
  @FunctionalInterface
  public interface Reader {
    /** Reads all of it. */
    void read(byte[] input) throws Exception;
  }

  private final String name;
  private final int cases;
  private final List<byte[]> right = new ArrayList<>();

  /**
   * Cases for a reader.
   *
   * @param name of the reader, for files and messages
   * @param cases tried in every build
   */
  public Fuzz(String name, int cases) {
    this.name = name;
    this.cases = cases;
  }

  /** Adds texts that the reader reads, to be damaged. */
  public Fuzz like(String... texts) {
    for (String text : texts) {
      right.add(text.getBytes(StandardCharsets.UTF_8));
    }
    return this;
  }

  /** Adds bytes that the reader reads. */
  public Fuzz like(byte[] bytes) {
    right.add(bytes.clone());
    return this;
  }

  /**
   * Reads damaged input.
   *
   * @throws AssertionError if anything but a {@link UserError} comes of it
   */
  public void read(Reader reader) {
    run((random, mutator) -> mutator.mutate(any(random), any(random)), reader);
  }

  /**
   * Reads a model with one damaged entry under right checksums.
   *
   * @param model of the task, to be copied
   * @param folder for the copies
   */
  public void readForged(Path model, String task, Path folder, Reader reader) {
    try (ZipFile zip = new ZipFile(model.toFile())) {
      List<? extends ZipEntry> entries =
          Collections.list(zip.entries()).stream()
              .filter(entry -> !entry.getName().equals("unroll.json"))
              .toList();
      Path forged = folder.resolve("forged-" + name + ".zip");
      run(
          (random, mutator) -> {
            int chosen = random.nextInt(entries.size());
            try (ModelFileWriter file = new ModelFileWriter(forged, task)) {
              for (int i = 0; i < entries.size(); i++) {
                byte[] bytes = zip.getInputStream(entries.get(i)).readAllBytes();
                byte[] written = i == chosen ? mutator.mutate(bytes, bytes) : bytes;
                file.binary(entries.get(i).getName(), out -> out.write(written));
              }
              file.commit();
            }
            return Files.readAllBytes(forged);
          },
          reader);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private byte[] any(Random random) {
    return right.get(random.nextInt(right.size()));
  }

  private interface Damage {
    byte[] next(Random random, Mutator mutator) throws IOException;
  }

  private void run(Damage damage, Reader reader) {
    long seconds = Long.getLong(SECONDS, 0);
    long seed = seconds > 0 ? System.nanoTime() : 1;
    long end = System.nanoTime() + Duration.ofSeconds(seconds).toNanos();
    Random random = new Random(seed);
    Mutator mutator = new Mutator(random);
    int tried = 0;
    while (seconds > 0 ? System.nanoTime() < end : tried < cases) {
      byte[] input;
      try {
        input = damage.next(random, mutator);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      String wrong = wrong(reader, input);
      if (wrong != null) {
        throw new AssertionError(
            "%s, seed %d, case %d: %s; the input is in %s"
                .formatted(name, seed, tried, wrong, keep(input, seed, tried)));
      }
      tried++;
    }
  }

  /** What is wrong with how it is read; null if nothing is. */
  private static String wrong(Reader reader, byte[] input) {
    long began = processorTime();
    try {
      reader.read(input);
    } catch (UserError e) {
      // Refused, and by a message of one line: a UserError has no other.
    } catch (Exception | AssertionError | StackOverflowError | OutOfMemoryError e) {
      StackTraceElement[] at = e.getStackTrace();
      return e + (at.length == 0 ? "" : " at " + at[0]);
    }
    long took = processorTime() - began;
    return took > SLOW ? "it took " + Duration.ofNanos(took) : null;
  }

  /** Of this thread, in nanoseconds: who else is busy says nothing of the reader. */
  private static long processorTime() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }

  private Path keep(byte[] input, long seed, int number) {
    Path file = Path.of("target", "fuzz", "%s-%d-%d".formatted(name, seed, number));
    try {
      Files.createDirectories(file.getParent());
      return Files.write(file, input);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
