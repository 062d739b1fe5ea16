package dev.unroll.layers.characters;

import java.util.Arrays;

/**
 * The convolution, its largest responses, and the backward pass, for the different words of a
 * batch.
 *
 * <p>A convolution is linear and the characters are few: what each filter makes of each character
 * at each place of its window is computed once a batch, {@code table[place][character][filter]},
 * and the response to a window is a sum of {@code window} rows of it. Only the window with the
 * largest response has a derivative, so the backward pass is as short.
 */
final class ConvolvedWords {
  private final Spellings spellings;
  private final int window;
  private final int filters;
  private final int dimensions;
  private final double[] characterVectors;
  private final double[] filterWeights;
  private final int[] occurring;

  /** Where a character's rows are in the table. */
  private final int[] rowOf;

  private final double[][][] table;
  private final double[][] outputs;

  /** The place in the word of the window with the largest response, word by word and filter. */
  private final int[][] largestAt;

  private double[] characterGradient;
  private double[] filterGradient;
  private double[] biasGradient;

  ConvolvedWords(
      Spellings spellings,
      int window,
      double[] characterVectors,
      double[] filterWeights,
      double[] bias) {
    this.spellings = spellings;
    this.window = window;
    this.filters = bias.length;
    this.dimensions = filterWeights.length / (window * filters);
    this.characterVectors = characterVectors;
    this.filterWeights = filterWeights;
    this.occurring = spellings.characters();
    this.rowOf = new int[characterVectors.length / dimensions];
    for (int row = 0; row < occurring.length; row++) {
      rowOf[occurring[row]] = row;
    }
    this.table = table();
    this.outputs = new double[spellings.count()][filters];
    this.largestAt = new int[spellings.count()][filters];
    for (int word = 0; word < outputs.length; word++) {
      convolve(word, bias);
    }
  }

  /** What the filters make of a word, one number a filter. */
  double[] output(int word) {
    return outputs[word];
  }

  /** What the filters make of the word at each position, 0 where there is none. */
  float[] everywhere() {
    float[] values = new float[spellings.positions() * filters];
    for (int position = 0; position < spellings.positions(); position++) {
      int word = spellings.wordAt(position);
      for (int f = 0; f < filters && word != Spellings.NONE; f++) {
        values[position * filters + f] = (float) outputs[word][f];
      }
    }
    return values;
  }

  private double[][][] table() {
    double[][][] sums = new double[window][occurring.length][filters];
    for (int place = 0; place < window; place++) {
      for (int row = 0; row < occurring.length; row++) {
        for (int d = 0; d < dimensions; d++) {
          double value = characterVectors[occurring[row] * dimensions + d];
          int weights = (place * dimensions + d) * filters;
          for (int f = 0; f < filters; f++) {
            sums[place][row][f] += value * filterWeights[weights + f];
          }
        }
      }
    }
    return sums;
  }

  private void convolve(int word, double[] bias) {
    int[] characters = spellings.word(word);
    double[] best = outputs[word];
    if (characters.length == 0) {
      return;
    }
    Arrays.fill(best, Double.NEGATIVE_INFINITY);
    double[] response = new double[filters];
    for (int centre = 0; centre < characters.length; centre++) {
      Arrays.fill(response, 0);
      for (int place = 0; place < window; place++) {
        int at = at(centre, place);
        if (at >= 0 && at < characters.length) {
          add(table[place][rowOf[characters[at]]], response);
        }
      }
      for (int f = 0; f < filters; f++) {
        if (response[f] > best[f]) {
          best[f] = response[f];
          largestAt[word][f] = centre;
        }
      }
    }
    for (int f = 0; f < filters; f++) {
      best[f] = Math.tanh(best[f] + bias[f]);
    }
  }

  /** Which character of a word stands at a place of the window around {@code centre}. */
  private int at(int centre, int place) {
    return centre + place - (window - 1) / 2;
  }

  private static void add(double[] terms, double[] to) {
    for (int f = 0; f < to.length; f++) {
      to[f] += terms[f];
    }
  }

  /**
   * Computes the gradients.
   *
   * @param epsilons of the outputs, element {@code position * filters + filter}
   */
  void backward(double[] epsilons) {
    double[][] sums = new double[spellings.count()][filters];
    for (int position = 0; position < spellings.positions(); position++) {
      int word = spellings.wordAt(position);
      if (word != Spellings.NONE) {
        for (int f = 0; f < filters; f++) {
          sums[word][f] += epsilons[position * filters + f];
        }
      }
    }
    double[][][] tableGradient = new double[window][occurring.length][filters];
    biasGradient = new double[filters];
    for (int word = 0; word < sums.length; word++) {
      backward(word, sums[word], tableGradient);
    }
    multiply(tableGradient);
  }

  private void backward(int word, double[] epsilon, double[][][] tableGradient) {
    int[] characters = spellings.word(word);
    for (int f = 0; f < filters && characters.length > 0; f++) {
      double delta = epsilon[f] * (1 - outputs[word][f] * outputs[word][f]);
      biasGradient[f] += delta;
      for (int place = 0; place < window; place++) {
        int at = at(largestAt[word][f], place);
        if (at >= 0 && at < characters.length) {
          tableGradient[place][rowOf[characters[at]]][f] += delta;
        }
      }
    }
  }

  private void multiply(double[][][] tableGradient) {
    characterGradient = new double[characterVectors.length];
    filterGradient = new double[filterWeights.length];
    for (int place = 0; place < window; place++) {
      for (int row = 0; row < occurring.length; row++) {
        double[] deltas = tableGradient[place][row];
        for (int d = 0; d < dimensions; d++) {
          int character = occurring[row] * dimensions + d;
          int weights = (place * dimensions + d) * filters;
          double sum = 0;
          for (int f = 0; f < filters; f++) {
            sum += deltas[f] * filterWeights[weights + f];
            filterGradient[weights + f] += characterVectors[character] * deltas[f];
          }
          characterGradient[character] += sum;
        }
      }
    }
  }

  /** {@code [characters, dimensions]}, row by row. */
  double[] characterGradient() {
    return characterGradient;
  }

  /** {@code [window x dimensions, filters]}, row by row. */
  double[] filterGradient() {
    return filterGradient;
  }

  /** {@code [filters]}. */
  double[] biasGradient() {
    return biasGradient;
  }
}
