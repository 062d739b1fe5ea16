package dev.unroll.embeddings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;

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
    WordMap map = new WordMap(List.of("a<b", "R&D", "c"), places);
    map.arrow("R&D", "c");
    byte[] svg = map.svg().getBytes(StandardCharsets.UTF_8);
    var document =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new ByteArrayInputStream(svg));
    var texts = document.getElementsByTagName("text");
    assertThat(texts.getLength()).isEqualTo(3);
    assertThat(texts.item(0).getTextContent()).isEqualTo("a<b");
    assertThat(document.getElementsByTagName("line").getLength()).isEqualTo(1);
    assertThat(map.html()).contains(map.svg()).startsWith("<!DOCTYPE html>");
  }
}
