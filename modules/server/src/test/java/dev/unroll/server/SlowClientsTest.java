package dev.unroll.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Clients that send a byte now and then. */
@Timeout(40)
class SlowClientsTest {
  private static final int CLIENTS = 100;
  private static final Duration BODY_TIME = Duration.ofSeconds(2);
  private static final String BODY =
      "POST /v1/echo/shout HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
          + "Content-Length: 1000\r\n\r\n{\"text\":";

  @TempDir private Path folder;
  private TestServer server;
  private final List<Socket> slow = new ArrayList<>();

  @BeforeEach
  void start() {
    Limits limits = TestServer.limits(100, BODY_TIME, Duration.ofSeconds(20));
    server = new TestServer(folder, ServerConfig.local().withLimits(limits));
    server.call("shout", "{\"text\": \"a\"}"); // the first one takes longer
    server.task.batches.clear();
  }

  @AfterEach
  void stop() throws IOException {
    for (Socket socket : slow) {
      socket.close();
    }
    server.close();
  }

  /** Sends one more byte to each; false once the server has closed all of them. */
  private boolean drip() {
    boolean any = false;
    for (Socket socket : slow) {
      try {
        socket.getOutputStream().write(' ');
        any = true;
      } catch (IOException e) {
        // It was closed.
      }
    }
    return any;
  }

  /** Before any of the slow ones is given up. */
  private void othersAreAnswered() {
    long began = System.nanoTime();
    assertThat(server.call("shout", "{\"text\": \"a\"}").statusCode()).isEqualTo(200);
    assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(BODY_TIME);
  }

  @Test
  void slowBodiesHoldNobodyUpAndEnd() throws Exception {
    for (int i = 0; i < CLIENTS; i++) {
      slow.add(server.socket(BODY));
    }
    for (int i = 0; i < 4; i++) {
      drip();
      othersAreAnswered();
    }
    assertThat(TestServer.readAll(slow.get(0)))
        .startsWith("HTTP/1.1 408")
        .contains("a body has to arrive within 2 seconds");
    for (Socket socket : slow.subList(1, CLIENTS)) {
      assertThat(TestServer.readAll(socket)).startsWith("HTTP/1.1 408");
    }
    assertThat(server.task.batches).containsOnly(1).hasSize(4); // none of theirs
  }

  @Test
  void slowHeadsHoldNobodyUpAndEnd() throws Exception {
    for (int i = 0; i < CLIENTS; i++) {
      slow.add(server.socket("POST /v1/echo/shout HTTP/1.1\r\nHost: localhost\r\nX-Slow:"));
    }
    long began = System.nanoTime();
    boolean open = true;
    while (open) {
      open = drip();
      othersAreAnswered();
      Thread.sleep(200);
      assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(15));
    }
  }

  /** Neither a connection that is kept, nor one that is quiet, is slow. */
  @Test
  void connectionsThatAreKeptAreNoSlowHeads() throws Exception {
    String request = "GET /v2/health/live HTTP/1.1\r\nHost: localhost\r\n\r\n";
    try (Socket socket = server.socket("")) {
      for (int i = 0; i < 3; i++) {
        Thread.sleep(1000);
        socket.getOutputStream().write(request.getBytes());
        byte[] answer = new byte[4096];
        int read = socket.getInputStream().read(answer);
        assertThat(new String(answer, 0, Math.max(0, read))).startsWith("HTTP/1.1 200");
      }
    }
  }

  @Test
  void aClientThatDropsItsBodyIsNoFailure() throws Exception {
    for (int i = 0; i < 20; i++) {
      try (Socket socket = server.socket(BODY)) {
        socket.setSoLinger(true, 0); // a reset, at once
      } catch (SocketException e) {
        // It is gone.
      }
    }
    othersAreAnswered();
    assertThat(server.server.metrics().errors()).isZero();
  }
}
