package dev.unroll.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Lets Ctrl-C (and SIGTERM) end a training in good order: the request is noted, the training polls
 * it, writes a checkpoint and throws {@link dev.unroll.data.TrainingStopped}, and only then does
 * the process end. The JVM ends it with 128 and the number of the signal, 130 for Ctrl-C.
 *
 * <pre>{@code
 * try (Interruption interruption = Interruption.listen()) {
 *   trainer.stopWhen(interruption::requested).train(encoder, split);
 * }
 * }</pre>
 *
 * <p>Between signal and end the JVM runs its shutdown hooks, so this is one: it holds the process
 * until the block has been left, up to a limit, for a training that hangs must not block shutdown
 * for ever.
 */
public final class Interruption implements AutoCloseable {
  private static final long MOST_SECONDS = 120;
  private static final long MOST_SECONDS_TO_REPORT = 5;

  /** Opens when the command has printed its results or its error. */
  private static volatile CountDownLatch reported = new CountDownLatch(0);

  private static final AtomicInteger LISTENING = new AtomicInteger();

  private static volatile boolean heard;

  private final CountDownLatch left = new CountDownLatch(1);
  private final Thread hook = new Thread(this::hold, "interruption");
  private volatile boolean requested;

  private Interruption() {}

  /** Begins to listen. */
  public static Interruption listen() {
    Interruption interruption = new Interruption();
    Runtime.getRuntime().addShutdownHook(interruption.hook);
    LISTENING.incrementAndGet();
    return interruption;
  }

  /** Whether a training hears the signal that is ending the process, or heard it and has ended. */
  static boolean isHeard() {
    return LISTENING.get() > 0 || heard;
  }

  /** A command begins; what it prints is waited for, until the returned latch opens. */
  static CountDownLatch commandBegins() {
    reported = new CountDownLatch(1);
    return reported;
  }

  /** Whether the process was asked to end; safe to call from any thread. */
  public boolean requested() {
    return requested;
  }

  @Override
  public void close() {
    left.countDown();
    LISTENING.decrementAndGet();
    if (!requested) {
      try {
        Runtime.getRuntime().removeShutdownHook(hook);
      } catch (IllegalStateException e) {
        // The request came this moment: the hook runs, and finds that the block has been left.
        requested = true;
      }
    }
  }

  private void hold() {
    heard = true; // before the training can know, and end
    requested = true;
    try {
      if (left.await(MOST_SECONDS, TimeUnit.SECONDS)) {
        reported.await(MOST_SECONDS_TO_REPORT, TimeUnit.SECONDS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
