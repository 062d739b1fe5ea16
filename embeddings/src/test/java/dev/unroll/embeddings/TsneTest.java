package dev.unroll.embeddings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class TsneTest {
  private static final int CLUSTERS = 6;
  private static final int EACH = 25;

  /** Points of 20 dimensions around centres that no plane can hold apart. */
  private static float[][] clusters() {
    Random random = new Random(1);
    float[][] points = new float[CLUSTERS * EACH][20];
    for (int i = 0; i < points.length; i++) {
      for (int d = 0; d < 20; d++) {
        points[i][d] = (float) (random.nextGaussian() * 0.3 + (d == i % CLUSTERS ? 2 : 0));
      }
    }
    return points;
  }

  private static double distance(double[] x, double[] y) {
    return Math.hypot(x[0] - y[0], x[1] - y[1]);
  }

  @Test
  void neighboursStayTogether() {
    double[][] places = Tsne.project(clusters(), 15);
    for (int i = 0; i < places.length; i++) {
      int nearest = -1;
      for (int j = 0; j < places.length; j++) {
        boolean nearer =
            nearest < 0 || distance(places[i], places[j]) < distance(places[i], places[nearest]);
        nearest = j != i && nearer ? j : nearest;
      }
      assertThat(nearest % CLUSTERS).isEqualTo(i % CLUSTERS);
    }
  }

  @Test
  void theSamePointsGiveTheSamePicture() {
    assertThat(Tsne.project(clusters(), 15)).isDeepEqualTo(Tsne.project(clusters(), 15));
  }

  /**
   * Of any points, near or far from the others: the perplexity is the exponential of an entropy.
   */
  @Test
  void everyPointHasThePerplexityAskedFor() {
    int n = 60;
    double[] line = new Random(2).doubles(n, 0, 10).map(x -> x * x).toArray();
    double[] distances = new double[n * n];
    for (int i = 0; i < n * n; i++) {
      distances[i] = Math.pow(line[i / n] - line[i % n], 2);
    }
    double[] conditional = Tsne.conditional(distances, 12);
    for (int i = 0; i < n; i++) {
      double sum = 0;
      double entropy = 0;
      for (int j = 0; j < n; j++) {
        double p = conditional[i * n + j];
        sum += p;
        entropy -= p == 0 ? 0 : p * Math.log(p);
      }
      assertThat(conditional[i * n + i]).isZero();
      assertThat(sum).isCloseTo(1, within(1e-9));
      assertThat(Math.exp(entropy)).isCloseTo(12, within(1e-3));
    }
  }

  @Test
  void fewPointsAndEqualPointsArePlaced() {
    for (int n = 1; n < 8; n++) {
      for (double[] place : Tsne.project(new float[n][5], 30)) {
        assertThat(place[0]).isFinite();
        assertThat(place[1]).isFinite();
      }
    }
  }
}
