package dev.unroll.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.unroll.cli.Cli;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The server answers what the command prints, for every task. */
class TasksTest {
  private static final List<String> TEXTS =
      List.of(
          "Friendly staff and a great breakfast.",
          "",
          "Martha Lindqvist flew from Lisbon to Hamburg \uD83D\uDE00.",
          "not good");

  private static ModelServer server;
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  @BeforeAll
  static void start() {
    server = TaskModels.server();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static HttpResponse<String> post(String path, Object body, String accept) {
    return TaskModels.post(server, path, body, accept);
  }

  /** What the command prints. */
  private static String command(String task, String model, List<String> arguments) {
    List<String> line = new ArrayList<>(arguments);
    line.addAll(1, List.of("--model", TaskModels.file(task, model).toString()));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      Object main = Class.forName(TaskModels.task(task).mainClass()).getConstructor().newInstance();
      PrintStream err = new PrintStream(System.err);
      assertThat(Cli.run(main, out, err, line.toArray(String[]::new))).isZero();
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
    return out.toString(StandardCharsets.UTF_8);
  }

  static Stream<Arguments> calls() throws IOException {
    Path wav = TaskModels.file("speech", "question.wav");
    Path table = TaskModels.file("activity", "questions.csv");
    Path genes = TaskModels.file("dna", "genes.fa");
    Path tune = TaskModels.file("music", "evening.abc");
    Stream<Arguments> ofTexts =
        TEXTS.stream()
            .flatMap(
                text ->
                    Stream.of(
                            List.of("sentiment", "lstm.zip", "classify"),
                            List.of("sentiment", "lstm.zip", "explain"),
                            List.of("ner", "crf-lstm.zip", "tag"),
                            List.of("charlm", "characters.zip", "score"))
                        .map(
                            of ->
                                Arguments.of(
                                    of.get(0),
                                    of.get(1),
                                    List.of(of.get(2), "--json", "--text", text),
                                    Map.of("text", text))));
    Stream<Arguments> others =
        Stream.of(
            Arguments.of(
                "embeddings",
                "packed.bin.gz",
                List.of("nearest", "--json", "--top", "3", "king", "queen", "zxqv"),
                Map.of("words", List.of("king", "queen", "zxqv"), "top", 3)),
            Arguments.of(
                "embeddings",
                "packed.bin.gz",
                List.of("analogy", "--json", "man", "king", "woman"),
                Map.of("words", List.of("man", "king", "woman"))),
            Arguments.of(
                "embeddings",
                "packed.bin.gz",
                List.of("similarity", "--json", "man", "king"),
                Map.of("words", List.of("man", "king"))),
            Arguments.of(
                "embeddings",
                "packed.bin.gz",
                List.of("odd-one-out", "--json", "man", "king", "zxqv"),
                Map.of("words", List.of("man", "king", "zxqv"))),
            Arguments.of(
                "activity",
                "figure.zip",
                List.of("recognise", "--json", table.toString()),
                Map.of("recording", Files.readString(table))),
            Arguments.of(
                "speech",
                "both.zip",
                List.of("transcribe", "--json", wav.toString()),
                Map.of("wav", Base64.getEncoder().encodeToString(Files.readAllBytes(wav)))),
            Arguments.of(
                "dna",
                "strands.zip",
                List.of("classify", "--json", genes.toString()),
                Map.of("sequence", Files.readString(genes))),
            Arguments.of(
                "dna",
                "genes.zip",
                List.of("annotate", "--json", genes.toString()),
                Map.of("sequence", Files.readString(genes), "model", "genes")),
            Arguments.of(
                "music",
                "roll.zip",
                List.of("score", "--json", tune.toString()),
                Map.of("music", Files.readString(tune))),
            Arguments.of(
                "music",
                "roll.zip",
                List.of("compose", "--json", "--bars", "3", "--seed", "7", "--key", "D"),
                Map.of("motif", "", "bars", 3, "seed", 7, "key", "D")),
            Arguments.of(
                "music",
                "roll.zip",
                List.of("harmonise", "--json", "--beam", "2", tune.toString()),
                Map.of("melody", Files.readString(tune), "beam", 2)));
    return Stream.concat(ofTexts, others);
  }

  @ParameterizedTest
  @MethodSource("calls")
  void theServerAnswersWhatTheCommandPrints(
      String task, String model, List<String> arguments, Map<String, Object> body) {
    String path = "/v1/" + task + "/" + arguments.get(0);
    HttpResponse<String> response = post(path, body, "application/jsonl");
    assertThat(response.statusCode()).isEqualTo(200);
    String printed = command(task, model, arguments);
    if (task.equals("speech")) { // whose recording had a name
      printed = printed.replaceFirst("\"path\":\"[^\"]*\"", "\"path\":\"recording\"");
    } else if (task.equals("music")) {
      printed = printed.replaceFirst("\"path\":\"[^\"]*\"", "\"path\":\"\"");
    }
    assertThat(response.body()).isEqualTo(printed).isNotBlank();
  }

  @Test
  void aTextIsWrittenAsByTheCommand() {
    Map<String, Object> body =
        Map.of("prime", "The ", "length", 50, "temperature", 0.5, "seed", 7, "topP", 0.9);
    JsonObject answer =
        JsonParser.parseString(post("/v1/charlm/sample", body, "application/json").body())
            .getAsJsonObject();
    String printed =
        command(
            "charlm",
            "characters.zip",
            List.of(
                "sample",
                "--prime",
                "The ",
                "--length",
                "50",
                "--temperature",
                "0.5",
                "--seed",
                "7",
                "--top-p",
                "0.9"));
    assertThat(answer.get("text").getAsString()).isEqualTo(printed);
  }

  /** The drawn symbol is most often among the likeliest, whose probabilities are no more than 1. */
  @Test
  void aTextComesWithItsAlternatives() {
    Map<String, Object> body =
        Map.of("prime", "", "length", 30, "temperature", 0, "alternatives", 3);
    String events = post("/v1/charlm/sample", body, "text/event-stream").body();
    List<JsonObject> pieces =
        events
            .lines()
            .filter(line -> line.startsWith("data: {\"text\":") && line.contains("alternatives"))
            .map(line -> JsonParser.parseString(line.substring(6)).getAsJsonObject())
            .toList();
    assertThat(pieces).hasSize(30);
    for (JsonObject piece : pieces) {
      var alternatives = piece.getAsJsonArray("alternatives");
      assertThat(alternatives).hasSize(3);
      JsonObject first = alternatives.get(0).getAsJsonObject();
      assertThat(first.get("text")).isEqualTo(piece.get("text")); // the temperature is 0
      double sum = 0;
      for (var one : alternatives) {
        sum += one.getAsJsonObject().get("probability").getAsDouble();
      }
      assertThat(sum).isBetween(0.0, 1.00001);
    }
    assertThat(events).contains("event: end\n");
  }

  /** What README says: the label is the same, and probabilities differ by 1e-5 at most. */
  @Test
  void aTextAloneAndInABatchHaveTheSameAnswer() {
    List<String> many = new ArrayList<>();
    for (int i = 0; i < 64; i++) {
      many.add(TEXTS.get(i % TEXTS.size()) + " room".repeat(i % 7));
    }
    var together =
        JsonParser.parseString(
                post("/v1/sentiment/classify", Map.of("texts", many), "application/json").body())
            .getAsJsonArray();
    for (int i = 0; i < many.size(); i += 9) {
      JsonObject alone =
          JsonParser.parseString(
                  post("/v1/sentiment/classify", Map.of("text", many.get(i)), "application/json")
                      .body())
              .getAsJsonObject();
      JsonObject other = together.get(i).getAsJsonObject();
      assertThat(alone.get("label")).isEqualTo(other.get("label"));
      assertThat(alone.get("probability").getAsDouble())
          .isCloseTo(other.get("probability").getAsDouble(), within(1e-5));
    }
  }

  @Test
  void everyTaskBringsATab() throws Exception {
    var served = JsonParser.parseString(get("/v1")).getAsJsonObject();
    for (var task : served.getAsJsonArray("tasks")) {
      String script = task.getAsJsonObject().get("script").getAsString();
      assertThat(get(script)).as(script).contains("export default function tab(root, task)");
    }
    assertThat(served.getAsJsonArray("tasks")).hasSize(8);
  }

  @Test
  void theMapPlacesWords() {
    JsonObject map =
        JsonParser.parseString(
                post(
                        "/v1/embeddings/map",
                        Map.of("words", List.of("man", "king", "zxqv")),
                        "application/json")
                    .body())
            .getAsJsonObject();
    assertThat(map.getAsJsonArray("points")).hasSize(2);
    assertThat(map.get("unknown")).hasToString("[\"zxqv\"]");
  }

  private static String get(String path) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(server.address()).resolve(path)).build();
    return CLIENT.send(request, BodyHandlers.ofString()).body();
  }
}
