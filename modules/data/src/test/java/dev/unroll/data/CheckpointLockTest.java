package dev.unroll.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointLockTest {
  @TempDir Path folder;

  private Path checkpoint() {
    return folder.resolve("m.zip.checkpoint");
  }

  /** Another process: locks the file it is given, says so, and waits to be killed. */
  static final class Holder {
    public static void main(String[] args) throws IOException, InterruptedException {
      try (FileChannel channel =
          FileChannel.open(Path.of(args[0]), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
        channel.lock();
        System.out.println("locked");
        Thread.sleep(600_000);
      }
    }
  }

  @Test
  void aSecondTrainingIsToldSoAndTheFirstGoesOn() {
    try (CheckpointLock first = CheckpointLock.acquire(checkpoint())) {
      for (int i = 0; i < 3; i++) {
        assertThatThrownBy(() -> CheckpointLock.acquire(checkpoint()))
            .isInstanceOf(UserError.class)
            .hasMessage(
                checkpoint()
                    + ": another training writes there; wait until it ends, or give another"
                    + " model");
      }
      assertThat(first).isNotNull();
    }
    CheckpointLock.acquire(checkpoint()).close();
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void theLockOfAProcessEndsWithIt() throws Exception {
    Path file = folder.resolve("m.zip.checkpoint.lock");
    Process other =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Holder.class.getName(),
                file.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try {
      assertThat(other.inputReader().readLine()).isEqualTo("locked");
      assertThatThrownBy(() -> CheckpointLock.acquire(checkpoint()))
          .isInstanceOf(UserError.class)
          .hasMessageContaining("another training");
    } finally {
      other.destroyForcibly().waitFor();
    }
    assertThat(file).exists();
    CheckpointLock.acquire(checkpoint()).close();
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void ofManyAtATimeOneHasIt() throws Exception {
    AtomicInteger holders = new AtomicInteger();
    AtomicInteger turns = new AtomicInteger();
    Callable<Void> training =
        () -> {
          for (int i = 0; i < 200; i++) {
            try (CheckpointLock lock = CheckpointLock.acquire(checkpoint())) {
              assertThat(lock).isNotNull();
              assertThat(holders.incrementAndGet()).isEqualTo(1);
              turns.incrementAndGet();
              holders.decrementAndGet();
            } catch (UserError e) {
              Thread.onSpinWait();
            }
          }
          return null;
        };
    var threads = Executors.newFixedThreadPool(4);
    List<Future<Void>> done = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      done.add(threads.submit(training));
    }
    for (Future<Void> one : done) {
      one.get(1, TimeUnit.MINUTES);
    }
    threads.shutdown();
    assertThat(turns.get()).isPositive();
  }

  @Test
  void aFileOfTheUserIsLeftAlone() throws Exception {
    Path file = Files.writeString(folder.resolve("m.zip.checkpoint.lock"), "mine");
    CheckpointLock.acquire(checkpoint()).close();
    assertThat(file).hasContent("mine");
  }

  @Test
  void aFolderThatIsMissingIsNamed() {
    assertThatThrownBy(() -> CheckpointLock.acquire(folder.resolve("no/m.checkpoint")))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("cannot be written");
  }
}
