package dev.unroll.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Calls that wait for a worker. */
@Timeout(30)
class QueueTest {
  private static final Duration LONG = Duration.ofSeconds(20);

  @TempDir private Path folder;

  private static void until(java.util.function.BooleanSupplier condition) {
    while (!condition.getAsBoolean()) {
      pause(Duration.ofMillis(5));
    }
  }

  private static void pause(Duration time) {
    try {
      Thread.sleep(time.toMillis());
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private int waiting(TestServer server) {
    return Integer.parseInt(
        server
            .get("/metrics")
            .body()
            .lines()
            .filter(line -> line.startsWith("unroll_queue_items "))
            .findFirst()
            .orElseThrow()
            .split(" ")[1]);
  }

  @Test
  void whatWaitsIsAnsweredTogether() {
    ServerConfig config = TestServer.oneThread(TestServer.limits(1024, LONG, LONG));
    try (TestServer server = new TestServer(folder, config)) {
      List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
      answers.add(server.later("wait", "{\"text\": \"0\"}"));
      until(() -> server.task.begun.get() == 1); // nobody waited for a second one
      for (int i = 1; i <= 10; i++) {
        answers.add(server.later("wait", "{\"text\": \"" + i + "\"}"));
      }
      until(() -> waiting(server) == 10);
      CompletableFuture<HttpResponse<String>> other = server.later("shout", "{\"text\": \"a\"}");
      until(() -> waiting(server) == 11);
      server.task.gate.release(2);
      for (int i = 0; i < answers.size(); i++) {
        assertThat(answers.get(i).join().body()).isEqualTo("\"" + i + "\"\n");
      }
      assertThat(other.join().statusCode()).isEqualTo(200);
      assertThat(server.task.batches).containsExactly(1, 10, 1);
    }
  }

  /** Of the first call nobody knows that it is short. */
  @Test
  void shortCallsOfAClientAloneAreAnsweredByTheThreadThatReads() {
    try (TestServer server =
        new TestServer(folder, TestServer.oneThread(TestServer.limits(3, LONG, LONG)))) {
      server.call("shout", "{\"text\": \"a\"}");
      assertThat(server.task.thread).startsWith("worker");
      for (int i = 0; i < 1000 && !server.task.thread.startsWith("http"); i++) { // until compiled
        server.call("shout", "{\"text\": \"a\"}");
      }
      assertThat(server.task.thread).startsWith("http");
      server.call("shout", "{\"text\": \"a\", \"times\": 2}"); // which might take longer
      assertThat(server.task.thread).startsWith("worker");
    }
  }

  /**
   * Also whose connection comes while the reading thread looks for the next call without sleeping.
   */
  @Test
  void newcomersAreHeardAfterTheCallsOfAClientAlone() throws Exception {
    String call =
        "POST /v1/echo/shout HTTP/1.1\r\nHost: localhost\r\n"
            + "Content-Type: application/json\r\nContent-Length: 13\r\n\r\n{\"text\": \"a\"}";
    try (TestServer server =
            new TestServer(folder, TestServer.oneThread(TestServer.limits(3, LONG, LONG)));
        Socket client = server.socket("")) {
      for (int round = 0; round < 100; round++) {
        CompletableFuture<Void> newcomer = CompletableFuture.runAsync(() -> comes(server));
        for (int calls = 0; calls <= round % 8; calls++) {
          client.getOutputStream().write(call.getBytes(StandardCharsets.UTF_8));
          for (int last = 0, c; last != '}'; last = c) { // of the answer, which has no other
            c = client.getInputStream().read();
          }
        }
        newcomer.join();
      }
    }
  }

  private static void comes(TestServer server) {
    try (Socket socket = server.socket("GET /v2/health/live HTTP/1.1\r\nHost: localhost\r\n\r\n")) {
      assertThat(socket.getInputStream().read()).isEqualTo('H');
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Others are read meanwhile, wait for the one place there is, and are refused. */
  @Test
  void longCallsOfAClientAloneHoldNobodyUp() {
    ServerConfig config = TestServer.oneThread(TestServer.limits(3, LONG, LONG));
    try (TestServer server = new TestServer(folder, config)) {
      List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
      for (int i = 0; i < 2; i++) { // the second one is known to be long
        int before = i;
        answers.add(server.later("wait", "{\"text\": \"" + i + "\"}"));
        until(() -> server.task.begun.get() == before + 1);
        assertThat(server.task.thread).startsWith("worker");
        if (i == 0) {
          pause(Duration.ofMillis(20));
          server.task.gate.release();
          answers.get(0).join();
        }
      }
      for (int i = 2; i <= 4; i++) {
        answers.add(server.later("wait", "{\"text\": \"" + i + "\"}"));
      }
      until(() -> waiting(server) == 3);
      assertThat(server.call("wait", "{\"text\": \"5\"}").statusCode()).isEqualTo(503);
      server.task.gate.release(2);
      for (int i = 0; i < answers.size(); i++) {
        assertThat(answers.get(i).join().body()).isEqualTo("\"" + i + "\"\n");
      }
      assertThat(server.task.batches).containsExactly(1, 1, 3);
    }
  }

  @Test
  void aFullQueueRefusesAtOnce() {
    ServerConfig config = TestServer.oneThread(TestServer.limits(3, LONG, LONG));
    try (TestServer server = new TestServer(folder, config)) {
      List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
      answers.add(server.later("wait", "{\"text\": \"0\"}"));
      until(() -> server.task.begun.get() == 1);
      for (int i = 1; i <= 3; i++) {
        answers.add(server.later("wait", "{\"text\": \"" + i + "\"}"));
      }
      until(() -> waiting(server) == 3);
      HttpResponse<String> refused = server.call("wait", "{\"text\": \"4\"}");
      assertThat(refused.statusCode()).isEqualTo(503);
      assertThat(refused.headers().firstValue("retry-after")).contains("1");
      assertThat(TestServer.error(refused))
          .isEqualTo("3 items wait already, and no more may; try again");
      assertThat(server.get("/v2/health/live").statusCode()).isEqualTo(200);
      server.task.gate.release(10);
      answers.forEach(answer -> assertThat(answer.join().statusCode()).isEqualTo(200));
      assertThat(server.call("shout", "{\"text\": \"a\"}").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void whoWaitsTooLongIsToldSo() {
    ServerConfig config =
        TestServer.oneThread(TestServer.limits(100, LONG, Duration.ofMillis(300)));
    try (TestServer server = new TestServer(folder, config)) {
      CompletableFuture<HttpResponse<String>> first = server.later("wait", "{\"text\": \"0\"}");
      until(() -> server.task.begun.get() == 1);
      CompletableFuture<HttpResponse<String>> late = server.later("wait", "{\"text\": \"1\"}");
      until(() -> waiting(server) == 1);
      pause(Duration.ofMillis(400));
      server.task.gate.release(2);
      assertThat(first.join().statusCode()).isEqualTo(200);
      assertThat(late.join().statusCode()).isEqualTo(503);
      assertThat(TestServer.error(late.join())).startsWith("no worker was free in time");
      assertThat(server.task.begun).hasValue(1);
    }
  }

  /** Who waits for an answer sends nothing, and is no idle connection for that. */
  @Test
  void anAnswerMayTakeLongerThanAConnectionMayBeIdle() throws Exception {
    Limits limits = TestServer.limits(100, LONG, LONG, Duration.ofMillis(300));
    try (TestServer server = new TestServer(folder, TestServer.oneThread(limits))) {
      CompletableFuture<HttpResponse<String>> late = server.later("wait", "{\"text\": \"0\"}");
      until(() -> server.task.begun.get() == 1);
      Thread.sleep(1200);
      server.task.gate.release();
      assertThat(late.join().body()).isEqualTo("\"0\"\n");
    }
  }

  /** What is wrong with one text is no matter to those that were answered with it. */
  @Test
  void oneDoesNotSpoilTheOthers() {
    ServerConfig config = TestServer.oneThread(TestServer.limits(1024, LONG, LONG));
    try (TestServer server = new TestServer(folder, config)) {
      CompletableFuture<HttpResponse<String>> first = server.later("wait", "{\"text\": \"0\"}");
      until(() -> server.task.begun.get() == 1);
      CompletableFuture<HttpResponse<String>> good = server.later("shout", "{\"text\": \"good\"}");
      CompletableFuture<HttpResponse<String>> bad = server.later("shout", "{\"text\": \"bad\"}");
      until(() -> waiting(server) == 2);
      server.task.gate.release();
      assertThat(first.join().statusCode()).isEqualTo(200);
      assertThat(good.join().statusCode()).isEqualTo(200);
      assertThat(bad.join().statusCode()).isEqualTo(400);
    }
  }
}
