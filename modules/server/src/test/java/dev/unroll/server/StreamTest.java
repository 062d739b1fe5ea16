package dev.unroll.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Texts that are written piece by piece. */
@Timeout(30)
class StreamTest {
  private static final Duration LONG = Duration.ofSeconds(20);

  @TempDir private Path folder;

  private static HttpResponse<String> events(TestServer server, String body) {
    return server.send(server.post("/v1/echo/write", body).header("Accept", "text/event-stream"));
  }

  @Test
  void piecesComeAsEvents() {
    try (TestServer server = new TestServer(folder)) {
      HttpResponse<String> response = events(server, "{\"prime\": \"a\", \"length\": 2}");
      assertThat(response.headers().firstValue("content-type")).contains("text/event-stream");
      assertThat(response.body())
          .isEqualTo(
              "data: {\"text\":\"x\"}\n\ndata: {\"text\":\"x\"}\n\nevent: end\ndata: {\"text\":\"axx\"}\n\n");
      assertThat(server.call("write", "{\"prime\": \"a\", \"length\": 2}").body())
          .isEqualTo("{\"text\":\"axx\"}\n");
    }
  }

  @Test
  void aLongTextArrivesAsAWhole() {
    try (TestServer server = new TestServer(folder)) {
      HttpResponse<String> response = events(server, "{\"prime\": \"\", \"length\": 20000}");
      assertThat(response.body()).endsWith("data: {\"text\":\"" + "x".repeat(20_000) + "\"}\n\n");
      assertThat(response.body().split("\n\n")).hasSize(20_001);
    }
  }

  /** While a piece is still to come, those before it are there. */
  @Test
  void piecesComeWhenTheyAreWritten() throws Exception {
    try (TestServer server = new TestServer(folder)) {
      var request =
          server
              .post("/v1/echo/write", "{\"prime\": \"\", \"length\": 4, \"pause\": 500}")
              .header("Accept", "text/event-stream");
      long began = System.nanoTime();
      InputStream in = server.client.send(request.build(), BodyHandlers.ofInputStream()).body();
      assertThat(in.read()).isEqualTo('d');
      assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofMillis(1500));
      in.readAllBytes();
      assertThat(Duration.ofNanos(System.nanoTime() - began))
          .isGreaterThan(Duration.ofMillis(2000));
    }
  }

  @Test
  void whoLeavesEndsTheWriting() throws Exception {
    try (TestServer server = new TestServer(folder)) {
      String body = "{\"prime\": \"\", \"length\": 1000000, \"pause\": 20}";
      String head =
          "POST /v1/echo/write HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
              + "Accept: text/event-stream\r\nContent-Length: "
              + body.length()
              + "\r\n\r\n";
      try (Socket socket = server.socket(head + body)) {
        assertThat(socket.getInputStream().read(new byte[200])).isPositive();
      }
      int left = server.task.pieces.get();
      while (!server.get("/metrics").body().contains("unroll_clients_left_total 1")) {
        Thread.sleep(10);
      }
      assertThat(server.task.pieces.get() - left).isLessThanOrEqualTo(6);
      int ended = server.task.pieces.get();
      Thread.sleep(100);
      assertThat(server.task.pieces).hasValue(ended);
    }
  }

  /** It does not read what is sent, which must not hold up who writes. */
  @Test
  void whoDoesNotReadHoldsNobodyUp() throws Exception {
    ServerConfig config = TestServer.oneThread(Limits.usual());
    try (TestServer server = new TestServer(folder, config)) {
      String body = "{\"prime\": \"\", \"length\": 50000}";
      String head =
          "POST /v1/echo/write HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
              + "Accept: text/event-stream\r\nContent-Length: "
              + body.length()
              + "\r\n\r\n";
      try (Socket deaf = server.socket(head + body)) {
        HttpResponse<String> other = events(server, "{\"prime\": \"a\", \"length\": 1}");
        assertThat(other.body()).contains("\"ax\"");
        assertThat(deaf.isClosed()).isFalse();
      }
    }
  }

  @Test
  void aTextThatTakesTooLongEnds() {
    ServerConfig config =
        ServerConfig.local().withLimits(TestServer.limits(100, LONG, Duration.ofMillis(300)));
    try (TestServer server = new TestServer(folder, config)) {
      String body = "{\"prime\": \"\", \"length\": 1000000, \"pause\": 10}";
      assertThat(events(server, body).body())
          .contains("event: error\ndata: {\"error\":\"a text has");
      assertThat(server.call("write", body).statusCode()).isEqualTo(503);
    }
  }

  @Test
  void tooManyAtOnceAreRefused() {
    ServerConfig config = TestServer.oneThread(Limits.usual());
    try (TestServer server = new TestServer(folder, config)) {
      String body = "{\"prime\": \"\", \"length\": 10, \"pause\": 30}";
      var all =
          java.util.stream.IntStream.range(0, 12)
              .mapToObj(i -> server.later("write", body))
              .toList();
      List<Integer> codes = all.stream().map(one -> one.join().statusCode()).toList();
      assertThat(codes).contains(503).filteredOn(code -> code == 200).hasSize(9); // 1 and 8 behind
    }
  }
}
