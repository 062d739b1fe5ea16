package dev.unroll.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.unroll.data.UserError;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Shows a training to browsers of this machine, with the server that comes with Java: who trains
 * needs no other. It only tells, so that whatever a browser does changes nothing.
 */
final class LivePage implements AutoCloseable {
  private static final int THREADS = 2;
  private static final String SECONDS = "5";

  private static final Map<String, String> FILES =
      Map.of(
          "/", "text/html; charset=utf-8",
          "/live.js", "text/javascript; charset=utf-8",
          "/live.css", "text/css; charset=utf-8");

  private static final Set<String> HOSTS = Set.of("127.0.0.1", "localhost", "[::1]");

  private final HttpServer server;
  private final ExecutorService threads;
  private final LiveTraining training;

  /**
   * Begins to listen.
   *
   * @param port 0 for any that is free
   * @throws UserError if it cannot be had
   */
  LivePage(int port, LiveTraining training) {
    this.training = training;
    // Of a client that is slow; in seconds, whatever is written about it.
    System.setProperty("sun.net.httpserver.maxReqTime", SECONDS);
    System.setProperty("sun.net.httpserver.maxRspTime", SECONDS);
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    } catch (IOException e) {
      throw UserError.usage(
          "--live cannot have port %d (%s); name another one, or 0 for any that is free"
              .formatted(port, e.getMessage()));
    }
    threads =
        Executors.newFixedThreadPool(
            THREADS,
            task -> {
              Thread thread = new Thread(task, "live");
              thread.setDaemon(true);
              return thread;
            });
    server.setExecutor(threads);
    server.createContext("/", this::answer);
    server.start();
  }

  String address() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/";
  }

  private void answer(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    String host = String.valueOf(exchange.getRequestHeaders().getFirst("Host"));
    if (!HOSTS.contains(host.replaceFirst(":[0-9]+$", ""))
        || !exchange.getRequestMethod().equals("GET")) {
      send(
          exchange,
          403,
          "text/plain",
          "this page is for browsers of this machine\n".getBytes(StandardCharsets.UTF_8));
    } else if (path.equals("/training.json")) {
      send(exchange, 200, "application/json", training.json().getBytes(StandardCharsets.UTF_8));
    } else if (FILES.containsKey(path)) {
      send(
          exchange, 200, FILES.get(path), file(path.equals("/") ? "live.html" : path.substring(1)));
    } else {
      send(exchange, 404, "text/plain", "not found\n".getBytes(StandardCharsets.UTF_8));
    }
  }

  private static byte[] file(String name) {
    try (InputStream in = LivePage.class.getResourceAsStream(name)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void send(HttpExchange exchange, int status, String type, byte[] body)
      throws IOException {
    var headers = exchange.getResponseHeaders();
    headers.set("Content-Type", type);
    headers.set("Cache-Control", "no-store");
    headers.set("X-Content-Type-Options", "nosniff");
    headers.set("X-Frame-Options", "DENY");
    headers.set(
        "Content-Security-Policy", "default-src 'self'; base-uri 'none'; form-action 'none'");
    try (exchange) {
      exchange.sendResponseHeaders(status, body.length);
      exchange.getResponseBody().write(body);
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
