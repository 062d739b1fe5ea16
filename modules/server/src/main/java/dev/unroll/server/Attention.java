package dev.unroll.server;

import java.io.IOException;
import java.nio.channels.Selector;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.io.ManagedSelector;
import org.eclipse.jetty.io.SelectorManager;

/**
 * For a moment after the answer to a client alone, whoever reads from all connections looks for its
 * next call without going to sleep, if the client asked as soon before: to be woken may take as
 * long as HTTP does. It costs at most {@link #LONGEST} a call, and nothing where clients are
 * slower.
 */
final class Attention {
  /** About what a call takes over HTTP on this machine that asks for nothing. */
  private static final long LONGEST = TimeUnit.MICROSECONDS.toNanos(50);

  /** A client that was waited for in vain may have been faster, but for the waking. */
  private static final long FAST = 2 * LONGEST;

  private volatile long answered = System.nanoTime() - FAST;
  private volatile boolean fast;

  /** A client alone calls. */
  void called() {
    fast = System.nanoTime() - answered < FAST;
  }

  /** It was answered. */
  void answered() {
    answered = System.nanoTime();
  }

  private boolean isPaid() {
    return fast && System.nanoTime() - answered < LONGEST;
  }

  /** What waits for something to read, from all connections, with this attention. */
  ManagedSelector selector(SelectorManager manager, int id) {
    return new ManagedSelector(manager, id) {
      /** Zero is allowed, and must be passed on: what somebody woke it for may have gone by. */
      @Override
      protected int nioSelect(Selector selector, boolean now) throws IOException {
        if (now || !isPaid()) {
          return super.nioSelect(selector, now);
        }
        int found = 0;
        while (found == 0 && isPaid()) {
          found = selector.selectNow();
        }
        return found;
      }
    };
  }
}
