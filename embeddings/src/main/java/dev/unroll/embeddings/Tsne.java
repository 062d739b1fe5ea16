package dev.unroll.embeddings;

import java.util.Arrays;

/**
 * t-SNE (van der Maaten and Hinton 2008): a plane in which neighbours stay neighbours, whatever
 * becomes of long distances. Points attract each other as they are alike, p, and repel each other
 * as they are near in the plane, q; gradient descent on the divergence Σ p log(p/q), equation 5,
 * with momentum, gains and early exaggeration as in the authors' program. It begins with the
 * principal components instead of random places (Kobak and Berens 2019), so the same points give
 * the same picture.
 *
 * <p>Exact, which a map of words that are to be read can afford: some seconds for 1,000 points,
 * growing with their square. Deeplearning4j has published no t-SNE since 1.0.0-beta7, and the other
 * current Java library is under the GPL.
 */
final class Tsne {
  /** About how many neighbours a point has; less if there are few points. */
  static final double PERPLEXITY = 30;

  private static final int ITERATIONS = 1_000;
  private static final int EXAGGERATED = 250;
  private static final double EXAGGERATION = 12;
  private static final double LEAST_GAIN = 0.01;
  private static final double FIRST_SPREAD = 1e-4;

  private final int n;
  private final double[] affinities; // p, [n, n]
  private final double[] nearness; // 1 / (1 + |y_i − y_j|²), [n, n]
  private final double[][] places; // y, [n, 2]
  private final double[][] steps;
  private final double[][] gains;

  private Tsne(float[][] points, double perplexity) {
    n = points.length;
    affinities = affinities(squaredDistances(points), Math.min(perplexity, (n - 1) / 3.0));
    nearness = new double[n * n];
    places = Pca.project(points);
    double spread = 0;
    for (double[] place : places) {
      spread += place[0] * place[0] / n;
    }
    for (double[] place : places) {
      place[0] *= FIRST_SPREAD / Math.sqrt(spread + 1e-300);
      place[1] *= FIRST_SPREAD / Math.sqrt(spread + 1e-300);
    }
    steps = new double[n][2];
    gains = new double[n][2];
    Arrays.stream(gains).forEach(gain -> Arrays.fill(gain, 1));
  }

  /**
   * Places points in the plane.
   *
   * @param points {@code [n, dimensions]}, at least one
   * @param perplexity about how many neighbours each has
   * @return {@code [n, 2]}, centred
   */
  static double[][] project(float[][] points, double perplexity) {
    if (points.length < 4) { // too few for anybody to have neighbours and others
      return Pca.project(points);
    }
    Tsne tsne = new Tsne(points, perplexity);
    for (int i = 0; i < ITERATIONS; i++) {
      tsne.step(i < EXAGGERATED ? EXAGGERATION : 1, i < EXAGGERATED ? 0.5 : 0.8);
    }
    return tsne.places;
  }

  private static double[] squaredDistances(float[][] points) {
    int n = points.length;
    double[] distances = new double[n * n];
    Parallel.forEach(
        n,
        i -> {
          for (int j = 0; j < n; j++) {
            double sum = 0;
            for (int d = 0; d < points[i].length; d++) {
              double difference = points[i][d] - points[j][d];
              sum += difference * difference;
            }
            distances[i * n + j] = sum;
          }
        });
    return distances;
  }

  /** p of all pairs: symmetric, the sum is 1 (section 3.1 of the paper). */
  private static double[] affinities(double[] distances, double perplexity) {
    double[] conditional = conditional(distances, perplexity);
    int n = (int) Math.round(Math.sqrt(distances.length));
    double[] joint = new double[n * n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        joint[i * n + j] =
            Math.max(1e-12, (conditional[i * n + j] + conditional[j * n + i]) / (2 * n));
      }
    }
    return joint;
  }

  /**
   * How likely each point takes each other for its neighbour, equation 1: in row i the shares of
   * all points but i, which add up to 1 and have an entropy of log(perplexity).
   *
   * @param distances squared, {@code [n, n]}
   */
  static double[] conditional(double[] distances, double perplexity) {
    int n = (int) Math.round(Math.sqrt(distances.length));
    double[] conditional = new double[n * n];
    Parallel.forEach(n, i -> fillConditional(distances, i, n, Math.log(perplexity), conditional));
    return conditional;
  }

  /** Finds the width of the Gaussian around a point whose entropy is the one wanted. */
  private static void fillConditional(
      double[] distances, int i, int n, double entropy, double[] probabilities) {
    double nearest = Double.POSITIVE_INFINITY;
    for (int j = 0; j < n; j++) {
      nearest = j == i ? nearest : Math.min(nearest, distances[i * n + j]);
    }
    double precision = 1;
    double low = 0;
    double high = Double.POSITIVE_INFINITY;
    for (int tries = 0; tries < 100; tries++) {
      double sum = 0;
      double weighted = 0;
      for (int j = 0; j < n; j++) {
        double beyond = distances[i * n + j] - nearest;
        double p = j == i ? 0 : Math.exp(-precision * beyond);
        probabilities[i * n + j] = p;
        sum += p;
        weighted += p * beyond;
      }
      for (int j = 0; j < n; j++) {
        probabilities[i * n + j] /= sum;
      }
      double found = Math.log(sum) + precision * weighted / sum;
      if (Math.abs(found - entropy) < 1e-5) {
        return;
      } else if (found > entropy) {
        low = precision;
        precision = Double.isInfinite(high) ? 2 * precision : (low + high) / 2;
      } else {
        high = precision;
        precision = (low + high) / 2;
      }
    }
  }

  private void step(double exaggeration, double momentum) {
    double total = 0; // added in order, so that its last bits are the same every time
    double[] sums = new double[n];
    Parallel.forEach(n, i -> sums[i] = fillNearness(i));
    for (double sum : sums) {
      total += sum;
    }
    double all = total;
    double rate = Math.max(n / EXAGGERATION, 50);
    Parallel.forEach(
        n,
        i -> {
          double[] gradient = gradient(i, exaggeration, all);
          for (int k = 0; k < 2; k++) {
            boolean turned = Math.signum(gradient[k]) == Math.signum(steps[i][k]);
            gains[i][k] = Math.max(LEAST_GAIN, turned ? gains[i][k] * 0.8 : gains[i][k] + 0.2);
            steps[i][k] = momentum * steps[i][k] - rate * gains[i][k] * gradient[k];
          }
        });
    double[] centre = new double[2];
    for (int i = 0; i < n; i++) {
      for (int k = 0; k < 2; k++) {
        places[i][k] += steps[i][k];
        centre[k] += places[i][k] / n;
      }
    }
    for (double[] place : places) {
      place[0] -= centre[0];
      place[1] -= centre[1];
    }
  }

  private double fillNearness(int i) {
    double sum = 0;
    for (int j = 0; j < n; j++) {
      double x = places[i][0] - places[j][0];
      double y = places[i][1] - places[j][1];
      double near = i == j ? 0 : 1 / (1 + x * x + y * y);
      nearness[i * n + j] = near;
      sum += near;
    }
    return sum;
  }

  private double[] gradient(int i, double exaggeration, double total) {
    double x = 0;
    double y = 0;
    for (int j = 0; j < n; j++) {
      double near = nearness[i * n + j];
      double force = (exaggeration * affinities[i * n + j] - near / total) * near;
      x += force * (places[i][0] - places[j][0]);
      y += force * (places[i][1] - places[j][1]);
    }
    return new double[] {4 * x, 4 * y};
  }
}
