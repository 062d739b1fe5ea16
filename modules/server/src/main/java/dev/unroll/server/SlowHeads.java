package dev.unroll.server;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.server.ConnectionMetaData;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * Cuts off connections on which the head of a request drips. Each byte is a sign of life, so that
 * the idle timeout never ends them; they cost no thread, but there are not endlessly many
 * connections. It stands before all other handlers, to see which heads have arrived.
 */
final class SlowHeads extends Handler.Wrapper implements Connection.Listener {
  /** So many times they are looked at until one has taken too long. */
  private static final int LOOKS = 10;

  /** What was seen of a connection: requests begun, and bytes since when no request was there. */
  private static final class Seen {
    volatile long begun;
    long bytes = -1; // when it was last found waiting for a head
    long since; // when the head began, as System.nanoTime()
    long atBegun;
  }

  private final Map<Connection, Seen> connections = new ConcurrentHashMap<>();
  private final Duration longest;
  private final Scheduler scheduler;
  private volatile boolean stopped;

  SlowHeads(Handler handler, Duration longest, Scheduler scheduler) {
    super(handler);
    this.longest = longest;
    this.scheduler = scheduler;
  }

  @Override
  protected void doStart() throws Exception {
    super.doStart();
    schedule();
  }

  @Override
  protected void doStop() throws Exception {
    stopped = true;
    super.doStop();
  }

  private void schedule() {
    scheduler.schedule(this::sweep, longest.toMillis() / LOOKS, TimeUnit.MILLISECONDS);
  }

  /** That of TLS lies below that of HTTP, and carries no requests. */
  @Override
  public void onOpened(Connection connection) {
    if (connection instanceof ConnectionMetaData) {
      connections.put(connection, new Seen());
    }
  }

  @Override
  public void onClosed(Connection connection) {
    connections.remove(connection);
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    Seen seen = connections.get(request.getConnectionMetaData().getConnection());
    if (seen != null) {
      seen.begun++; // a connection has one request at a time
    }
    return super.handle(request, response, callback);
  }

  private void sweep() {
    long now = System.nanoTime();
    connections.forEach(
        (connection, seen) -> {
          if (drips(connection, seen, now)) {
            connection.getEndPoint().close();
          }
        });
    if (!stopped) {
      schedule();
    }
  }

  private boolean drips(Connection connection, Seen seen, long now) {
    long begun = seen.begun;
    if (connection.getMessagesOut() < begun) {
      seen.bytes = -1; // a request is being answered
      return false;
    }
    long bytes = connection.getBytesIn();
    if (seen.bytes < 0 || seen.atBegun != begun) {
      seen.atBegun = begun;
      seen.bytes = begun == 0 ? 0 : bytes;
      seen.since = 0;
    }
    if (bytes == seen.bytes) {
      return false; // nothing of a head yet: the idle timeout is enough
    }
    if (seen.since == 0) {
      seen.since = now;
    }
    return now - seen.since > longest.toNanos();
  }
}
