package dev.unroll.server;

import dev.unroll.cli.JsonLines;
import dev.unroll.data.UserError;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One request and its one answer, which may be given from any thread. */
final class Exchange {
  static final String JSON = "application/json";
  private static final Logger LOG = LoggerFactory.getLogger(Exchange.class);

  private final Request request;
  private final Response response;
  private final Callback callback;
  private final Metrics metrics;
  private final String route;
  private final AtomicBoolean answered = new AtomicBoolean();
  private volatile boolean read;

  /**
   * @param route what the metrics call it
   */
  Exchange(Request request, Response response, Callback callback, Metrics metrics, String route) {
    this.request = request;
    this.response = response;
    this.callback = callback;
    this.metrics = metrics;
    this.route = route;
  }

  Request request() {
    return request;
  }

  /** What the request came by. */
  Object connection() {
    return request.getConnectionMetaData().getConnection();
  }

  /** Says that the whole body has arrived. */
  void bodyIsRead() {
    read = true;
  }

  /** Whether a part of the body may still be under way. */
  private boolean isUnread() {
    return !read
        && (request.getLength() > 0 || request.getHeaders().contains(HttpHeader.TRANSFER_ENCODING));
  }

  /** A header of the request, empty if it has none. */
  String header(HttpHeader name) {
    String value = request.getHeaders().get(name);
    return value == null ? "" : value;
  }

  /** Answers with an object. */
  void json(int status, Object object) {
    answer(status, JSON, JsonLines.line(object) + "\n");
  }

  /** Answers with text. */
  void answer(int status, String type, String text) {
    answer(status, type, text.getBytes(StandardCharsets.UTF_8));
  }

  /** Answers with bytes. */
  void answer(int status, String type, byte[] bytes) {
    if (!begin(status, type)) {
      return;
    }
    response.getHeaders().put(HttpHeader.CONTENT_LENGTH, bytes.length);
    boolean head = request.getMethod().equals("HEAD");
    response.write(true, head ? null : ByteBuffer.wrap(bytes), callback);
  }

  /** Begins an answer that comes bit by bit; null if it was answered already. */
  EventStream events(String type) {
    return begin(200, type) ? new EventStream(response, callback) : null;
  }

  private boolean begin(int status, String type) {
    if (!answered.compareAndSet(false, true)) {
      return false;
    }
    metrics.answered(route, status, System.nanoTime() - request.getHeadersNanoTime());
    response.setStatus(status);
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, type);
    if (isUnread()) {
      // The connection ends with the answer; who is not told may send its next request into it.
      response.getHeaders().put(HttpHeader.CONNECTION, "close");
    }
    return true;
  }

  /** Answers with what went wrong. */
  void fail(Throwable failure) {
    Problem problem = problem(failure);
    if (problem.status() == 503) {
      response.getHeaders().put(HttpHeader.RETRY_AFTER, "1");
    }
    json(problem.status(), Map.of("error", problem.getMessage()));
  }

  /** What went wrong, in a sentence for the client; what is not its fault is logged. */
  Problem problem(Throwable failure) {
    Throwable cause = failure;
    while (cause instanceof CompletionException && cause.getCause() != null) {
      cause = cause.getCause();
    }
    if (cause instanceof Problem problem) {
      return problem;
    } else if (cause instanceof UserError error) {
      return new Problem(400, error.message(Exchange::key));
    }
    metrics.error();
    LOG.error("{} {} failed", request.getMethod(), route, cause);
    return new Problem(500, "the server failed at this request; its log says more");
  }

  /** JSON calls {@code topK} what a configuration calls {@code top-k}. */
  static String key(String setting) {
    StringBuilder key = new StringBuilder();
    for (String word : setting.split("-")) {
      key.append(key.isEmpty() ? word : Character.toUpperCase(word.charAt(0)) + word.substring(1));
    }
    return key.toString();
  }
}
