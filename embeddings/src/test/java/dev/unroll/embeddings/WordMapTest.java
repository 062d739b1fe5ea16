package dev.unroll.embeddings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.awt.Font;
import java.awt.font.FontRenderContext;
import java.awt.geom.Rectangle2D;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

class WordMapTest {
  /** Points that differ by 5, 2 and 0.1 along three orthogonal directions. */
  @Test
  void theProjectionFindsTheLongestAxes() {
    Random random = new Random(2);
    int n = 2000;
    double[][] truth = new double[n][3];
    float[][] points = new float[n][3];
    for (int i = 0; i < n; i++) {
      truth[i][0] = 5 * random.nextGaussian();
      truth[i][1] = 2 * random.nextGaussian();
      truth[i][2] = 0.1 * random.nextGaussian();
      points[i][0] = (float) (0.6 * truth[i][0] - 0.8 * truth[i][1] + 10);
      points[i][1] = (float) (0.8 * truth[i][0] + 0.6 * truth[i][1] - 3);
      points[i][2] = (float) truth[i][2];
    }
    double[][] projected = Pca.project(points);
    for (int component = 0; component < 2; component++) {
      assertThat(Math.abs(correlation(projected, truth, component))).isGreaterThan(0.99);
    }
    assertThat(variance(projected, 0)).isCloseTo(25, within(3.0));
    assertThat(variance(projected, 1)).isCloseTo(4, within(0.5));
  }

  private static double variance(double[][] rows, int column) {
    double mean = 0;
    double squares = 0;
    for (double[] row : rows) {
      mean += row[column] / rows.length;
      squares += row[column] * row[column] / rows.length;
    }
    return squares - mean * mean;
  }

  private static double correlation(double[][] x, double[][] y, int column) {
    double product = 0;
    for (int i = 0; i < x.length; i++) {
      product += x[i][column] * y[i][column] / x.length;
    }
    return product / Math.sqrt(variance(x, column) * variance(y, column));
  }

  @Test
  void pointsOnALineOrAllAlikeHaveNoSecondDirection() {
    double[][] line = Pca.project(new float[][] {{0, 0}, {1, 1}, {2, 2}});
    assertThat(line[0][0] - line[2][0]).isCloseTo(line[0][0] * 2, within(1e-6));
    assertThat(line[2][1]).isCloseTo(0, within(1e-6));
    assertThat(Pca.project(new float[][] {{3, 4}})[0]).containsExactly(0, 0);
  }

  @Test
  void thePictureIsXmlWithEveryWordOnIt() throws Exception {
    double[][] places = {{0, 0}, {1, 2}, {-3, 1}};
    WordMap map = WordMap.of(List.of("a<b", "R&D", "c"), places, List.of(new int[] {1, 2}));
    byte[] svg = MapPicture.svg(map).getBytes(StandardCharsets.UTF_8);
    var document =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new ByteArrayInputStream(svg));
    var texts = document.getElementsByTagName("text");
    assertThat(texts.getLength()).isEqualTo(3);
    assertThat(texts.item(0).getTextContent()).isEqualTo("a<b");
    assertThat(document.getElementsByTagName("line").getLength()).isEqualTo(1);
  }

  @Test
  void aPageHoldsItsPointsAndNoMarkupOfWords() {
    WordMap map = WordMap.of(List.of("</script>", "b"), new double[][] {{0, 0}, {1, 1}}, List.of());
    String html = MapPage.html(map, List.of(List.of(new Neighbour("b", 0.5f)), List.of()));
    assertThat(html)
        .startsWith("<!DOCTYPE html>")
        .contains("\"word\":\"b\"")
        .contains("[\"b\",0.5]");
    assertThat(html.split("</script>")).hasSize(2); // the one that ends the page's own
  }

  /** Whether this machine has fonts. */
  static boolean canDraw() {
    try {
      System.setProperty("java.awt.headless", "true");
      FontRenderContext context = new FontRenderContext(null, true, true);
      return new Font(Font.SANS_SERIF, Font.PLAIN, 12).getStringBounds("a", context).getWidth() > 0;
    } catch (RuntimeException | LinkageError | InternalError e) {
      return false;
    }
  }

  @Test
  @EnabledIf("canDraw")
  void thePictureIsAnImageWithInkWhereThePointsAre() throws Exception {
    double[][] places = {{0, 0}, {1, 2}, {-3, 1}};
    WordMap map = WordMap.of(List.of("a", "b", "c"), places, List.of());
    var image = ImageIO.read(new ByteArrayInputStream(MapPicture.png(map)));
    assertThat(image.getWidth()).isEqualTo(2 * WordMap.SIZE);
    for (WordMap.Point point : map.points()) {
      assertThat(image.getRGB((int) (2 * point.x()), (int) (2 * point.y())) & 0xFFFFFF)
          .isEqualTo(0x335577);
    }
    assertThat(image.getRGB(1, 1) & 0xFFFFFF).isEqualTo(0xFFFFFF);
  }

  /** Crowded points: labels cover no point and no other label, and the first word has its own. */
  @Test
  void labelsDoNotOverlap() {
    Random random = new Random(1);
    int n = 600;
    List<String> words = new ArrayList<>();
    double[][] places = new double[n][];
    for (int i = 0; i < n; i++) {
      words.add("word" + i);
      places[i] = new double[] {random.nextGaussian(), random.nextGaussian()};
    }
    WordMap map = WordMap.of(words, places, List.of());
    List<Rectangle2D> labels = new ArrayList<>();
    for (WordMap.Point point : map.points()) {
      WordMap.Label label = point.label();
      if (label != null) {
        double width = point.word().length() * 6; // less than in any font of 12 that is not narrow
        labels.add(
            new Rectangle2D.Double(label.x() - label.share() * width, label.y() - 9, width, 9));
      }
    }
    assertThat(map.points().get(0).label()).isNotNull();
    assertThat(labels).hasSizeBetween(100, n - 1);
    for (int i = 0; i < labels.size(); i++) {
      for (int j = 0; j < i; j++) {
        assertThat(labels.get(i).intersects(labels.get(j))).isFalse();
      }
      for (WordMap.Point point : map.points()) {
        assertThat(labels.get(i).contains(point.x(), point.y())).isFalse();
      }
    }
  }
}
