package dev.unroll.embeddings;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A page that shows a {@link WordMap}: type to find words, point at one to see its nearest, turn
 * the wheel to come nearer, drag to move. One file that needs nothing from elsewhere.
 */
final class MapPage {
  private static final Gson JSON = new GsonBuilder().create(); // escapes < and > for the page

  private MapPage() {}

  /**
   * The page.
   *
   * @param neighbours for each point what is shown when it is pointed at
   */
  static String html(WordMap map, List<List<Neighbour>> neighbours) {
    List<Map<String, Object>> points = new ArrayList<>();
    for (int i = 0; i < map.points().size(); i++) {
      WordMap.Point point = map.points().get(i);
      Map<String, Object> object = new LinkedHashMap<>();
      object.put("word", point.word());
      object.put("x", Math.round(point.x() * 10) / 10.0);
      object.put("y", Math.round(point.y() * 10) / 10.0);
      object.put(
          "near",
          neighbours.get(i).stream()
              .map(n -> List.of(n.word(), Math.round(n.similarity() * 100) / 100.0))
              .toList());
      points.add(object);
    }
    return template()
        .replace("/*POINTS*/[]", JSON.toJson(points))
        .replace("/*ARROWS*/[]", JSON.toJson(map.arrows()));
  }

  private static String template() {
    try (InputStream in = MapPage.class.getResourceAsStream("map.html")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new IllegalStateException("map.html is missing beside " + MapPage.class, e);
    }
  }
}
