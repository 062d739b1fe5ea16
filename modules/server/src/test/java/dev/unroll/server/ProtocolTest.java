package dev.unroll.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The Open Inference Protocol, the document of the interface, and the numbers. */
class ProtocolTest {
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

  private static JsonObject get(String path) {
    HttpResponse<String> response = server.get(path);
    assertThat(response.statusCode()).as(path).isEqualTo(200);
    return TestServer.json(response).getAsJsonObject();
  }

  private static HttpResponse<String> infer(String body) {
    return server.send(server.post("/v2/models/line/infer", body));
  }

  @Test
  void itIsAliveAndReady() {
    assertThat(get("/v2/health/live").get("live").getAsBoolean()).isTrue();
    assertThat(get("/v2/health/ready").get("ready").getAsBoolean()).isTrue();
    assertThat(get("/v2/models/line/ready").get("ready").getAsBoolean()).isTrue();
    assertThat(server.get("/v2/models/other/ready").statusCode()).isEqualTo(404);
    assertThat(get("/v2").get("name").getAsString()).isEqualTo("unroll");
  }

  @Test
  void aModelSaysWhatItTakesAndGives() {
    JsonObject model = get("/v2/models/line");
    assertThat(model.get("name").getAsString()).isEqualTo("line");
    assertThat(model.get("platform").getAsString()).isEqualTo("unroll_echo");
    assertThat(model.get("inputs"))
        .hasToString("[{\"name\":\"text\",\"datatype\":\"BYTES\",\"shape\":[-1]}]");
    assertThat(model.get("outputs").getAsJsonArray()).hasSize(5);
  }

  @Test
  void aTensorIsAnsweredWithTensors() {
    HttpResponse<String> response =
        infer(
            "{\"id\": \"7\", \"inputs\": [{\"name\": \"text\", \"shape\": [2, 1], \"datatype\":"
                + " \"BYTES\", \"data\": [[\"a\"], [\"bc\"]]}], \"parameters\": {\"times\": 2}}");
    assertThat(response.statusCode()).isEqualTo(200);
    JsonObject answer = TestServer.json(response).getAsJsonObject();
    assertThat(answer.get("id").getAsString()).isEqualTo("7");
    assertThat(answer.get("model_name").getAsString()).isEqualTo("line");
    JsonArray outputs = answer.getAsJsonArray("outputs");
    assertThat(outputs.get(2))
        .hasToString(
            "{\"name\":\"loud\",\"datatype\":\"BYTES\",\"shape\":[2],\"data\":[\"AA\",\"BCBC\"]}");
    assertThat(outputs.get(3))
        .hasToString("{\"name\":\"length\",\"datatype\":\"FP64\",\"shape\":[2],\"data\":[1,2]}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"inputs\": []}",
        "{\"inputs\": [{\"datatype\": \"BYTES\", \"data\": \"a\"}]}",
        "{\"inputs\": [{\"datatype\": \"FP32\", \"data\": [1]}]}",
        "{\"inputs\": [{\"datatype\": \"BYTES\", \"data\": [1]}]}",
        "{\"inputs\": [{\"datatype\": [], \"data\": [\"a\"]}]}",
        "{\"inputs\": [{\"datatype\": \"BYTES\", \"data\": [\"a\"]}], \"parameters\": {\"x\": 1}}",
        "{\"inputs\": [{\"datatype\": \"BYTES\", \"data\": [\"a\"]}], \"parameters\": {\"verb\":"
            + " \"write\"}}"
      })
  void whatIsNoTensorIsRefused(String body) {
    HttpResponse<String> response = infer(body);
    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(TestServer.error(response)).isNotBlank();
  }

  /** The tensors are made of objects, and {@code wait} answers strings. */
  @Test
  void anAnswerThatCannotBeShownIsAFailure() {
    HttpResponse<String> response =
        infer(
            "{\"inputs\": [{\"datatype\": \"BYTES\", \"data\": [\"\"]}], \"parameters\": {\"verb\":"
                + " \"wait\"}}");
    assertThat(response.statusCode()).isEqualTo(500);
  }

  /** What the document says is there answers, and what answers is in the document. */
  @Test
  void theDocumentIsOfTheseRoutes() {
    JsonObject paths = get("/openapi.json").getAsJsonObject("paths");
    Set<String> documented = new TreeSet<>();
    for (String path : paths.keySet()) {
      for (String method : paths.getAsJsonObject(path).keySet()) {
        documented.add(method.toUpperCase(java.util.Locale.ROOT) + " " + path);
        String called = path.replace("{file}", "page.js").replace("{name}", "line");
        HttpResponse<String> response =
            method.equals("get") ? server.get(called) : server.send(server.post(called, "{}"));
        assertThat(response.statusCode()).as(called).isIn(200, 400);
      }
    }
    Set<String> there = new TreeSet<>();
    for (Route route : server.server.routes().all()) {
      if (route.path().equals("/v1/{task}/{verb}")) {
        for (String verb : new String[] {"shout", "wait", "split", "fail", "write"}) {
          there.add("POST /v1/echo/" + verb);
        }
      } else {
        there.add(route.method() + " " + route.path());
      }
    }
    assertThat(documented).isEqualTo(there);
    assertThat(paths.toString())
        .contains("\"times\":{\"type\":\"integer\"")
        .contains("\"maximum\":5");
  }

  @Test
  void whatHappensIsCounted() {
    server.call("shout", "{\"texts\": [\"a\", \"b\", \"c\"]}");
    server.call("shout", "{}");
    String metrics = server.get("/metrics").body();
    assertThat(metrics)
        .containsPattern(
            "unroll_requests_total\\{route=\"/v1/\\{task}/\\{verb}\",status=\"200\"} \\d")
        .containsPattern(
            "unroll_requests_total\\{route=\"/v1/\\{task}/\\{verb}\",status=\"400\"} \\d")
        .contains("unroll_queue_capacity 1024")
        .contains("unroll_batch_items_bucket{le=\"4\"}")
        .containsPattern(
            "unroll_model_info\\{task=\"echo\",model=\"line\",sha256=\"[0-9a-f]{64}\"} 1");
    for (String line : metrics.split("\n")) {
      assertThat(line).matches("# (HELP|TYPE) .*|[a-z_]+(\\{[^ ]*})? [0-9.e+-]+");
    }
  }

  @Test
  void aHeadIsAsTheAnswerWithoutIt() {
    var head =
        server.send(
            java.net.http.HttpRequest.newBuilder(server.uri("/v2/health/live"))
                .method("HEAD", java.net.http.HttpRequest.BodyPublishers.noBody()));
    assertThat(head.statusCode()).isEqualTo(200);
    assertThat(head.body()).isEmpty();
  }
}
