package dev.unroll.server;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiConsumer;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * The bytes of a request as they come, bounded in number. It ends once: with all of them, with too
 * many, when they break off, or when somebody says that it takes too long. Whoever answers then may
 * be sure that nothing is read any more, for the connection's buffer goes back with the answer and
 * may be another connection's at once; Jetty's own reader goes on after it has said that there is
 * too much.
 */
final class Arrival implements Runnable {
  private final Request request;
  private final int most;
  private final Executor executor;

  /** In the thread that reads, as long as this began there; afterwards in others. */
  private final BiConsumer<byte[], Throwable> then;

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private boolean ended;
  private boolean later;
  private Scheduler.Task timer; // null without one

  /** More came than may. */
  static final class TooMuch extends Exception {
    private static final long serialVersionUID = 1L;
  }

  /**
   * @param most bytes
   * @param then is told the bytes, or what came in between: {@link TooMuch}, a {@link
   *     TimeoutException}, or how they broke off
   */
  Arrival(Request request, int most, Executor executor, BiConsumer<byte[], Throwable> then) {
    this.request = request;
    this.most = most;
    this.executor = executor;
    this.then = then;
  }

  /** Reads what is there, and comes back when there is more. */
  @Override
  public void run() {
    Throwable failure;
    synchronized (this) {
      if (ended) {
        return;
      }
      failure = null;
      boolean all = false;
      while (!all && failure == null) {
        Content.Chunk chunk = request.read();
        if (chunk == null) {
          later = true;
          request.demand(this);
          return;
        }
        all = chunk.isLast();
        failure = Content.Chunk.isFailure(chunk) ? chunk.getFailure() : take(chunk);
      }
      ended = true;
      if (timer != null) {
        timer.cancel();
      }
    }
    end(failure == null ? bytes.toByteArray() : null, failure);
  }

  private Throwable take(Content.Chunk chunk) {
    ByteBuffer more = chunk.getByteBuffer();
    boolean fits = bytes.size() + more.remaining() <= most;
    if (fits) {
      byte[] copy = new byte[more.remaining()];
      more.get(copy);
      bytes.writeBytes(copy);
    }
    chunk.release();
    return fits ? null : new TooMuch();
  }

  /** Ends what has not ended when so much time is over. */
  synchronized void giveUpAfter(Duration most) {
    if (!ended) {
      Scheduler scheduler = request.getComponents().getScheduler();
      timer = scheduler.schedule(this::tooLate, most.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  private void tooLate() {
    synchronized (this) {
      if (ended) {
        return;
      }
      ended = true;
      later = true;
    }
    end(null, new TimeoutException());
  }

  private void end(byte[] all, Throwable failure) {
    if (later) {
      executor.execute(() -> then.accept(all, failure));
    } else {
      then.accept(all, failure);
    }
  }
}
