package dev.unroll.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
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
  private static final int PIECE = 100_000;

  @TempDir private Path folder;

  /** As a client sends it that does what no library does. */
  private static String request(String body) {
    return "POST /v1/echo/write HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
        + "Accept: text/event-stream\r\nContent-Length: "
        + body.length()
        + "\r\n\r\n"
        + body;
  }

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
      String request = request("{\"prime\": \"\", \"length\": 1000000, \"pause\": 20}");
      try (Socket socket = server.socket(request)) {
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
      try (Socket deaf = server.socket(request("{\"prime\": \"\", \"length\": 50000}"))) {
        HttpResponse<String> other = events(server, "{\"prime\": \"a\", \"length\": 1}");
        assertThat(other.body()).contains("\"ax\"");
        assertThat(deaf.isClosed()).isFalse();
      }
    }
  }

  /** The buffers on the way take in a megabyte or two; only then nothing goes on any more. */
  @Test
  void whoDoesNotReadForLongIsCutOff() throws Exception {
    Limits limits = TestServer.limits(100, LONG, LONG, Duration.ofMillis(300));
    try (TestServer server = new TestServer(folder, TestServer.oneThread(limits));
        Socket deaf = new Socket()) {
      deaf.setReceiveBufferSize(1 << 14);
      deaf.setSoTimeout(15_000);
      deaf.connect(new InetSocketAddress("127.0.0.1", server.port()));
      String body =
          "{\"prime\": \"\", \"length\": 1000000, \"pause\": 5, \"size\": %d}".formatted(PIECE);
      deaf.getOutputStream().write(request(body).getBytes(StandardCharsets.US_ASCII));
      while (!server.get("/metrics").body().contains("unroll_clients_left_total 1")) {
        Thread.sleep(10);
      }
      long written = (long) PIECE * server.task.pieces.get();
      assertThat(events(server, "{\"prime\": \"a\", \"length\": 1}").body()).contains("\"ax\"");
      long arrived = deaf.getInputStream().transferTo(OutputStream.nullOutputStream());
      assertThat(arrived).isBetween(1L, written); // and then the connection is closed
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
