package dev.unroll.embeddings;

import dev.unroll.cli.HtmlPage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A page that shows a {@link WordMap}: type to find words, point at one to see its nearest, turn
 * the wheel to come nearer, drag to move. One file that needs nothing from elsewhere.
 */
final class MapPage {
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
    return new HtmlPage(MapPage.class, "map.html")
        .fill("POINTS", points)
        .fill("ARROWS", map.arrows())
        .html();
  }
}
