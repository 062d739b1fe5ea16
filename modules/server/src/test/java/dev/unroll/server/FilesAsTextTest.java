package dev.unroll.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Models whose items are whole files: strands and pieces. */
class FilesAsTextTest {
  private static ModelServer server;

  @BeforeAll
  static void start() {
    server =
        new ModelServer(
            ServerConfig.local(),
            new Models(
                List.of(
                    TaskModels.slot("dna", "strands.zip"),
                    new Slot(TaskModels.task("dna"), "genes", TaskModels.file("dna", "genes.zip")),
                    TaskModels.slot("music", "roll.zip"))));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static HttpResponse<String> post(String path, Object body, String accept) {
    return TaskModels.post(server, path, body, accept);
  }

  /** The notes that are drawn are those of the piece, in a roll as many at each moment. */
  @Test
  void aPieceIsHeardOfWhileItIsDrawn() {
    Map<String, Object> body = Map.of("motif", "", "bars", 2, "seed", 3);
    List<JsonObject> events =
        post("/v1/music/compose", body, "text/event-stream")
            .body()
            .lines()
            .filter(line -> line.startsWith("data: "))
            .map(line -> JsonParser.parseString(line.substring(6)).getAsJsonObject())
            .toList();
    JsonObject piece = events.get(events.size() - 1);
    assertThat(piece.get("abc").getAsString()).contains("Composed, seed 3");
    List<JsonObject> drawn = events.subList(0, events.size() - 1);
    assertThat(drawn).allMatch(symbol -> symbol.get("draw").getAsInt() == 1);
    Set<Integer> pitches = new TreeSet<>();
    drawn.forEach(symbol -> pitches.add(symbol.get("pitch").getAsInt()));
    pitches.remove(-1);
    JsonObject explained =
        JsonParser.parseString(
                post(
                        "/v1/music/explain",
                        Map.of("music", piece.get("abc").getAsString()),
                        "application/jsonl")
                    .body())
            .getAsJsonObject();
    Set<Integer> sounding = new TreeSet<>();
    explained
        .getAsJsonArray("notes")
        .forEach(note -> sounding.add(note.getAsJsonObject().get("pitch").getAsInt()));
    assertThat(sounding).isEqualTo(pitches).isNotEmpty();
  }

  static Stream<Arguments> tooMuch() {
    byte[] midi = "MThd\0\0\0\6".getBytes(StandardCharsets.ISO_8859_1);
    return Stream.of(
        Arguments.of(
            "dna/explain", Map.of("sequence", "A".repeat(5001)), "strands of up to 5,000 bases"),
        Arguments.of(
            "music/score",
            Map.of("music", "X:1\nM:none\nL:1/1\nK:C\nC z600|"),
            "may last 2,000 quarter notes"),
        Arguments.of(
            "music/score",
            Map.of("music", Base64.getEncoder().encodeToString(midi)),
            "music: no sound MIDI file"),
        Arguments.of("music/harmonise", Map.of("melody", "X:1"), "music:"),
        Arguments.of(
            "dna/annotate", Map.of("sequence", "AX", "model", "genes"), "'X' is no nucleotide"));
  }

  @ParameterizedTest
  @MethodSource("tooMuch")
  void whatCannotBeAnsweredIsSaid(String verb, Map<String, Object> body, String sentence) {
    HttpResponse<String> response = post("/v1/" + verb, body, "application/json");
    assertThat(response.body()).contains(sentence);
    assertThat(response.statusCode()).isEqualTo(400);
  }
}
