package dev.unroll.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
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
      try {
        Thread.sleep(5);
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
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

  /** And while it does, others are read, wait for the one place there is, and are refused. */
  @Test
  void aClientAloneIsAnsweredByTheThreadThatReads() throws Exception {
    ServerConfig config = TestServer.oneThread(TestServer.limits(3, LONG, LONG));
    try (TestServer server = new TestServer(folder, config)) {
      for (int i = 0; i < 20; i++) { // Jetty starts the threads that take over when it misses them
        assertThat(server.call("shout", "{\"text\": \"a\"}").statusCode()).isEqualTo(200);
      }
      server.task.batches.clear();
      Thread.sleep(200); // so that it is alone on another connection too
      List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
      answers.add(server.later("wait", "{\"text\": \"0\"}"));
      until(() -> server.task.begun.get() == 1);
      assertThat(server.task.thread).startsWith("http");
      for (int i = 1; i <= 3; i++) {
        answers.add(server.later("wait", "{\"text\": \"" + i + "\"}"));
      }
      until(() -> waiting(server) == 3);
      assertThat(server.call("wait", "{\"text\": \"4\"}").statusCode()).isEqualTo(503);
      assertThat(server.task.begun).hasValue(1);
      server.task.gate.release(2);
      for (int i = 0; i < answers.size(); i++) {
        assertThat(answers.get(i).join().body()).isEqualTo("\"" + i + "\"\n");
      }
      assertThat(server.task.batches).containsExactly(1, 3);
      assertThat(server.task.thread).startsWith("worker");
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
      try {
        Thread.sleep(400);
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
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
