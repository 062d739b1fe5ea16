package dev.unroll.embeddings;

import java.util.Random;

/**
 * The two directions in which points differ most (principal components), by power iteration on the
 * covariance, which is never formed.
 */
final class Pca {
  private static final int MOST_ITERATIONS = 500;
  private static final double CONVERGED = 1e-12;

  private Pca() {}

  /**
   * Projects points on their first two principal components.
   *
   * @param points {@code [n, dimensions]}, at least one
   * @return {@code [n, 2]}, centred; the second column is zero if the points lie on a line
   */
  static double[][] project(float[][] points) {
    double[][] centred = centre(points);
    double[][] projected = new double[points.length][2];
    for (int component = 0; component < 2; component++) {
      double[] direction = direction(centred);
      for (int i = 0; i < centred.length; i++) {
        double along = dot(centred[i], direction);
        projected[i][component] = along;
        for (int d = 0; d < direction.length; d++) {
          centred[i][d] -= along * direction[d];
        }
      }
    }
    return projected;
  }

  private static double[][] centre(float[][] points) {
    int dimensions = points[0].length;
    double[][] centred = new double[points.length][dimensions];
    for (int d = 0; d < dimensions; d++) {
      double mean = 0;
      for (float[] point : points) {
        mean += point[d] / points.length;
      }
      for (int i = 0; i < points.length; i++) {
        centred[i][d] = points[i][d] - mean;
      }
    }
    return centred;
  }

  /** The unit vector along which the points vary most; zero if they do not vary. */
  private static double[] direction(double[][] centred) {
    int dimensions = centred[0].length;
    double[] direction = new Random(1).doubles(dimensions, -1, 1).toArray();
    normalise(direction);
    for (int i = 0; i < MOST_ITERATIONS; i++) {
      double[] next = new double[dimensions];
      for (double[] point : centred) {
        double along = dot(point, direction);
        for (int d = 0; d < dimensions; d++) {
          next[d] += along * point[d];
        }
      }
      normalise(next);
      double change = 1 - Math.abs(dot(next, direction));
      direction = next;
      if (change < CONVERGED) {
        break;
      }
    }
    return direction;
  }

  private static void normalise(double[] vector) {
    double length = Math.sqrt(dot(vector, vector));
    for (int d = 0; d < vector.length; d++) {
      vector[d] = length < 1e-12 ? 0 : vector[d] / length;
    }
  }

  private static double dot(double[] x, double[] y) {
    double sum = 0;
    for (int d = 0; d < x.length; d++) {
      sum += x[d] * y[d];
    }
    return sum;
  }
}
