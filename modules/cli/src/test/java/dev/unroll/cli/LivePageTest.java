package dev.unroll.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.unroll.data.DevScore;
import dev.unroll.data.TrainingListener.Epoch;
import dev.unroll.data.TrainingListener.Plan;
import dev.unroll.data.TrainingListener.Step;
import dev.unroll.data.TrainingListener.Summary;
import dev.unroll.data.UserError;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class LivePageTest {
  private final AtomicLong now = new AtomicLong();
  private final LiveTraining training = new LiveTraining("reviews", now::get);

  private static Step step(int epoch, int batch) {
    return new Step(epoch, batch, 10, 0, 120, 2.0 / (epoch + batch), Duration.ZERO);
  }

  private JsonObject state() {
    return JsonParser.parseString(training.json()).getAsJsonObject();
  }

  @Test
  void theTimeLeftFollowsThePace() {
    training.planned(new Plan(1000, 1, 100, 10, 4));
    now.set(3_000_000_000L);
    training.stepped(step(1, 10)); // an epoch of four in three seconds
    assertThat(state().get("left").getAsDouble()).isCloseTo(9, within(1e-9));
    training.resumed(3, 0);
    training.stepped(step(3, 5)); // half an epoch since it went on
    assertThat(state().get("left").getAsDouble()).isCloseTo(9, within(1e-9));
  }

  @Test
  void aLongTrainingHasNoMorePointsThanAreDrawn() {
    training.planned(new Plan(1000, 1, 100, 10, 4));
    for (int i = 0; i < 100_000; i++) {
      training.stepped(new Step(1, i + 1, 100_000, 0, 1, i, Duration.ZERO));
    }
    var points = state().getAsJsonArray("points");
    assertThat(points.size()).isBetween(900, 2001);
    for (int i = 1; i < points.size(); i++) { // in order, at equal distances
      double before = points.get(i - 1).getAsJsonArray().get(1).getAsDouble();
      double here = points.get(i).getAsJsonArray().get(1).getAsDouble();
      assertThat(here - before).isEqualTo(points.get(1).getAsJsonArray().get(1).getAsDouble());
    }
  }

  private static HttpResponse<String> get(LivePage page, String path) throws Exception {
    URI uri = URI.create(page.address()).resolve(path);
    return HttpClient.newHttpClient()
        .send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
  }

  @Test
  void thePageShowsTheTrainingAsItStands() throws Exception {
    try (LivePage page = new LivePage(0, training)) {
      assertThat(get(page, "/training.json").body()).contains("\"ended\":null");
      training.planned(new Plan(1000, 1, 100, 10, 4));
      training.stepped(step(1, 1));
      training.epochEnded(
          new Epoch(
              1,
              0.5,
              Optional.of(new DevScore("accuracy", 0.75, true, 0.6, Map.of())),
              true,
              0.001,
              Duration.ofSeconds(2)));
      training.ended(new Summary(1, 1, 0.75, Duration.ofSeconds(2), "no gain"));
      JsonObject state =
          JsonParser.parseString(get(page, "/training.json").body()).getAsJsonObject();
      assertThat(state.get("ended").getAsString()).isEqualTo("no gain");
      assertThat(
              state
                  .getAsJsonArray("history")
                  .get(0)
                  .getAsJsonObject()
                  .get("devScore")
                  .getAsDouble())
          .isEqualTo(0.75);
      for (String path : new String[] {"/", "/live.js", "/live.css"}) {
        HttpResponse<String> response = get(page, path);
        assertThat(response.statusCode()).as(path).isEqualTo(200);
        assertThat(response.headers().firstValue("content-security-policy")).isPresent();
      }
      assertThat(get(page, "/nosuch").statusCode()).isEqualTo(404);
    }
  }

  /** A page of somebody else who made his name mean this machine. */
  @Test
  void aForeignHostIsRefused() throws Exception {
    try (LivePage page = new LivePage(0, training);
        Socket socket = new Socket("127.0.0.1", URI.create(page.address()).getPort())) {
      socket
          .getOutputStream()
          .write(
              "GET /training.json HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n"
                  .getBytes(StandardCharsets.UTF_8));
      assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
          .startsWith("HTTP/1.1 403");
    }
  }

  @Test
  void aPortThatIsTakenIsSaid() {
    try (LivePage page = new LivePage(0, training)) {
      int port = URI.create(page.address()).getPort();
      assertThatThrownBy(() -> new LivePage(port, training))
          .isInstanceOf(UserError.class)
          .hasMessageContaining("--live cannot have port " + port);
    }
  }
}
