package dev.unroll.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Flow;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is answered, and what is refused with which sentence. */
class CallsTest {
  private static final String HELLO =
      "{\"text\":\"hello\",\"loud\":\"HELLO\",\"length\":5,\"line\":\"first\"}";

  @TempDir private static Path folder;
  private static TestServer server;

  @BeforeAll
  static void start() {
    server = new TestServer(folder);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void oneItemHasOneAnswer() {
    HttpResponse<String> response = server.call("shout", "{\"text\": \"hello\"}");
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("content-type")).contains("application/json");
    assertThat(response.body()).isEqualTo(HELLO + "\n");
  }

  @Test
  void aListHasAList() {
    HttpResponse<String> response =
        server.call("shout", "{\"texts\": [\"hello\", \"hello\"], \"times\": 1}");
    assertThat(response.body()).isEqualTo("[" + HELLO + "," + HELLO + "]\n");
    assertThat(server.call("shout", "{\"texts\": []}").body()).isEqualTo("[]\n");
  }

  @Test
  void linesAreWhatTheCommandPrints() {
    HttpResponse<String> response =
        server.send(
            server
                .post("/v1/echo/shout", "{\"texts\": [\"hello\", \"hello\"]}")
                .header("Accept", "application/jsonl"));
    assertThat(response.body()).isEqualTo(HELLO + "\n" + HELLO + "\n");
  }

  @Test
  void aVerbMayHaveSeveralAnswersAnItem() {
    assertThat(server.call("split", "{\"text\": \"a b\"}").body()).isEqualTo("[\"a\",\"b\"]\n");
    assertThat(server.call("split", "{\"texts\": [\"a b\", \"c\"]}").body())
        .isEqualTo("[[\"a\",\"b\"],[\"c\"]]\n");
  }

  @Test
  void textOfAnyScriptArrives() {
    String text = "naïve \uD83D\uDE00 日本 \u0000";
    assertThat(
            TestServer.json(
                    server.call(
                        "shout", new com.google.gson.Gson().toJson(java.util.Map.of("text", text))))
                .getAsJsonObject()
                .get("text")
                .getAsString())
        .isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"txt\": \"a\"} | shout takes no 'txt'; keys: [text, texts, times, model]",
        "{} | shout takes 'text' or a list 'texts'; give one of them",
        "{\"text\": \"a\", \"texts\": []} | shout takes 'text' or a list 'texts'; give one of them",
        "{\"text\": 5} | text must be a string, got 5",
        "{\"texts\": \"a\"} | 'texts' must be a list",
        "{\"texts\": [null]} | text must be a string, got null",
        "{\"text\": \"a\", \"times\": 6} | times must be a whole number from 1 to 5, got 6",
        "{\"text\": \"a\", \"times\": 1.5} | times must be a whole number from 1 to 5, got 1.5",
        "{\"text\": \"a\", \"times\": 1e999} | times must be a whole number from 1 to 5, got 1e999",
        "{\"text\": \"a\", \"times\": \"2\"} | times must be a whole number from 1 to 5, got a string",
        "{\"text\": \"a\", \"model\": 1} | 'model' must be the name of a model, as a string",
        "'' | the body must be a JSON object, such as {\"text\": \"…\"}",
        "[] | the body must be a JSON object, such as {\"text\": \"…\"}",
        "{\"text\": \"a\"} x | there is more behind the JSON of the body; send one object",
        "{\"text\": \"bad\"} | a text must not be bad"
      })
  void whatIsWrongIsSaid(String body, String sentence) {
    HttpResponse<String> response = server.call("shout", body);
    if (body.endsWith("x")) {
      assertThat(TestServer.error(response)).startsWith("the body is not JSON");
    } else {
      assertThat(TestServer.error(response)).isEqualTo(sentence);
    }
    assertThat(response.statusCode()).isEqualTo(400);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{text: 'a'}", "{\"text\": \"a\"", "{\"a\":1,,}", "\u0000"})
  void whatIsNoJsonIsSaid(String body) {
    HttpResponse<String> response = server.call("shout", body);
    assertThat(TestServer.error(response)).startsWith("the body is not JSON (");
    assertThat(response.statusCode()).isEqualTo(400);
  }

  @Test
  void deepJsonIsRefused() {
    String deep = "{\"text\": " + "[".repeat(100_000) + "]".repeat(100_000) + "}";
    assertThat(server.call("shout", deep).statusCode()).isEqualTo(400);
  }

  @Test
  void whatIsNotThereIsSaid() {
    assertThat(TestServer.error(server.send(server.post("/v1/nosuch/shout", "{}"))))
        .isEqualTo("no model of 'nosuch' is served; tasks: [echo]");
    assertThat(TestServer.error(server.call("nosuch", "{}")))
        .isEqualTo("echo has no verb 'nosuch'; verbs: [shout, wait, split, fail, write]");
    HttpResponse<String> model = server.call("shout", "{\"text\": \"a\", \"model\": \"nosuch\"}");
    assertThat(TestServer.error(model))
        .isEqualTo("no model 'nosuch' of echo is served; models: [line]");
    assertThat(model.statusCode()).isEqualTo(404);
    assertThat(server.get("/nosuch").statusCode()).isEqualTo(404);
    assertThat(server.get("/openapi-json").statusCode()).isEqualTo(404);
    HttpResponse<String> method = server.get("/v1/echo/shout");
    assertThat(method.statusCode()).isEqualTo(405);
    assertThat(method.headers().firstValue("allow")).contains("POST");
  }

  /** Models of a task need not have the same verbs. */
  @Test
  void aVerbThatOneModelLacksIsForTheOthers(@TempDir Path other) throws IOException {
    try (TestServer two = new TestServer(other)) {
      Path quiet = Files.writeString(other.resolve("quiet.txt"), "quiet");
      two.server.models().add(new Slot(two.task, "quiet", quiet));
      assertThat(two.call("write", "{\"prime\": \"a\", \"length\": 1}").body())
          .isEqualTo("{\"text\":\"ax\"}\n");
      HttpResponse<String> refused = two.call("write", "{\"prime\": \"a\", \"model\": \"quiet\"}");
      assertThat(refused.statusCode()).isEqualTo(404);
      assertThat(TestServer.error(refused)).startsWith("echo has no verb 'write'; verbs: [shout,");
    }
  }

  @Test
  void aFailureIsNoDetailForTheClient() {
    HttpResponse<String> response = server.call("fail", "{\"text\": \"a\"}");
    assertThat(response.statusCode()).isEqualTo(500);
    assertThat(response.body()).doesNotContain("on purpose").doesNotContain("Exception");
    assertThat(server.call("shout", "{\"text\": \"a\"}").statusCode()).isEqualTo(200);
  }

  @Test
  void tooMuchIsRefused() {
    Limits limits = Limits.usual();
    HttpResponse<String> characters =
        server.call("shout", "{\"text\": \"" + "é".repeat(limits.characters() + 1) + "\"}");
    assertThat(characters.statusCode()).isEqualTo(413);
    assertThat(TestServer.error(characters))
        .isEqualTo("a request may have 100000 characters of text, got 100001; send less at once");
    HttpResponse<String> items =
        server.call("shout", "{\"texts\": [" + "\"\",".repeat(limits.items()) + "\"\"]}");
    assertThat(items.statusCode()).isEqualTo(413);
    assertThat(TestServer.error(items)).startsWith("a request may have 256 items, got 257");
  }

  @Test
  void aLongBodyIsRefusedByItsHead() throws IOException {
    try (Socket socket =
        server.socket(
            "POST /v1/echo/shout HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                + "Content-Length: 1000000000\r\n\r\n")) {
      assertThat(TestServer.readAll(socket)).startsWith("HTTP/1.1 413").contains("may have");
    }
  }

  /** Nobody says how long it will be. */
  @Test
  void anEndlessBodyIsRefused() {
    byte[] zeros = new byte[1 << 16];
    HttpRequest.Builder request =
        HttpRequest.newBuilder(server.uri("/v1/echo/shout"))
            .header("Content-Type", "application/json")
            .POST(
                BodyPublishers.fromPublisher(
                    (Flow.Subscriber<? super java.nio.ByteBuffer> to) ->
                        BodyPublishers.ofByteArrays(java.util.Collections.nCopies(200, zeros))
                            .subscribe(to)));
    int status;
    try {
      status = server.send(request).statusCode();
    } catch (java.io.UncheckedIOException e) {
      status = 413; // the connection was closed while the client was still sending
    }
    assertThat(status).isEqualTo(413);
    assertThat(server.call("shout", "{\"text\": \"a\"}").statusCode()).isEqualTo(200);
  }

  @Test
  void onlyJsonIsTaken() {
    for (String type : new String[] {"text/plain", "application/x-www-form-urlencoded", "json"}) {
      HttpRequest.Builder request =
          HttpRequest.newBuilder(server.uri("/v1/echo/shout"))
              .header("Content-Type", type)
              .POST(BodyPublishers.ofString("{\"text\": \"a\"}"));
      assertThat(server.send(request).statusCode()).as(type).isEqualTo(415);
    }
    HttpRequest.Builder none =
        HttpRequest.newBuilder(server.uri("/v1/echo/shout"))
            .POST(BodyPublishers.ofString("{\"text\": \"a\"}"));
    assertThat(server.send(none).statusCode()).isEqualTo(415);
  }
}
