package dev.unroll.server;

import dev.unroll.cli.JsonLines;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Server-sent events. Who sends never waits for the network: what comes while a write is under way
 * is written after it, all together. A text has a largest length, and so has what waits here.
 */
final class EventStream {
  private final Response response;
  private final Callback callback;
  private final StringBuilder waiting = new StringBuilder();
  private boolean writing;
  private boolean ended;
  private volatile boolean gone;

  EventStream(Response response, Callback callback) {
    this.response = response;
    this.callback = callback;
  }

  /** Whether the client has left. */
  boolean gone() {
    return gone;
  }

  /**
   * Sends an event.
   *
   * @param name null for one without
   */
  void send(String name, Object data) {
    synchronized (this) {
      if (name != null) {
        waiting.append("event: ").append(name).append('\n');
      }
      waiting.append("data: ").append(JsonLines.line(data)).append("\n\n"); // on one line
    }
    write();
  }

  /** Sends what is left, and ends the answer. */
  void end() {
    synchronized (this) {
      ended = true;
    }
    write();
  }

  private void write() {
    ByteBuffer bytes;
    boolean last;
    synchronized (this) {
      if (writing || gone || waiting.isEmpty() && !ended) {
        return;
      }
      bytes = ByteBuffer.wrap(waiting.toString().getBytes(StandardCharsets.UTF_8));
      waiting.setLength(0);
      last = ended;
      writing = true;
    }
    response.write(last, bytes, last ? callback : Callback.from(this::written, this::failed));
  }

  private void written() {
    synchronized (this) {
      writing = false;
    }
    write();
  }

  private void failed(Throwable cause) {
    synchronized (this) {
      gone = true;
      waiting.setLength(0);
    }
    callback.failed(cause);
  }
}
