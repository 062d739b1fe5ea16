package dev.unroll.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** When another thread is woken to read on. */
@Timeout(20)
class ReadersTest {
  private static final Duration MOMENT = Duration.ofMillis(40);
  private final Semaphore read = new Semaphore(0);
  private final Readers readers = new Readers(6, () -> true, MOMENT);

  @BeforeEach
  void start() throws Exception {
    readers.start();
  }

  @AfterEach
  void stop() throws Exception {
    readers.stop();
  }

  private boolean readWithin(int moments) throws InterruptedException {
    return read.tryAcquire(moments * MOMENT.toMillis(), TimeUnit.MILLISECONDS);
  }

  @Test
  void whoIsDoneSoonReadsOnItself() throws Exception {
    for (int request = 0; request < 3; request++) {
      assertThat(readers.tryExecute(read::release)).isTrue();
      readers.begin();
      readers.end();
    }
    assertThat(readWithin(4)).isFalse();
  }

  @Test
  void anotherReadsWhileARequestTakesLong() throws Exception {
    readers.tryExecute(read::release);
    assertThat(readWithin(100)).isTrue();
    assertThat(readWithin(4)).as("once").isFalse();
  }

  /** A connection may bring a second request before its thread reads from others again. */
  @Test
  void anotherReadsWhileTheNextRequestOfAConnectionTakesLong() throws Exception {
    readers.tryExecute(read::release);
    readers.begin();
    readers.end();
    readers.begin();
    assertThat(readWithin(100)).isTrue();
  }

  @Test
  void nobodyIsPromisedWhereWorkersAnswer() throws Exception {
    Readers others = new Readers(6, () -> false, MOMENT);
    others.start();
    assertThat(others.tryExecute(read::release)).isFalse();
    others.stop();
  }
}
