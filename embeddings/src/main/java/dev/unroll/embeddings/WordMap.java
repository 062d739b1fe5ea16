package dev.unroll.embeddings;

import java.util.ArrayList;
import java.util.List;

/**
 * Words as points of a plane, and pairs of them as arrows. {@link MapPicture} draws it and {@link
 * MapPage} makes a page of it.
 *
 * @param points in the order of importance: where labels do not find room, the first ones win
 * @param arrows from and to, as indices of points
 */
record WordMap(List<Point> points, List<int[]> arrows) {
  /** Width and height of the picture, in units that are pixels where it is shown as it is. */
  static final int SIZE = 1000;

  /** Of the letters of a label. */
  static final int LETTERS = 12;

  private static final int MARGIN = 60;
  private static final double WIDTH_OF_LETTER = 0.6 * LETTERS;

  /**
   * A word in the picture.
   *
   * @param x from the left, and {@code y} from above
   * @param label null where there is no room for it
   */
  record Point(String word, double x, double y, Label label) {}

  /**
   * Where the text of a word stands.
   *
   * @param x of its beginning, middle or end, as {@code share} is 0, 0.5 or 1
   * @param y of its base line
   */
  record Label(double x, double y, double share) {
    private Box box(double width) {
      double left = x - share * width;
      return new Box(left, y - LETTERS + 2, left + width, y + LETTERS / 4.0);
    }
  }

  /** A rectangle that nothing else may cover. */
  private record Box(double left, double top, double right, double bottom) {
    boolean meets(Box other) {
      return left < other.right && other.left < right && top < other.bottom && other.top < bottom;
    }

    boolean inside() {
      return left >= 0 && top >= 0 && right <= SIZE && bottom <= SIZE;
    }
  }

  /**
   * Fits places into the picture and finds room for labels.
   *
   * @param places {@code [words, 2]} in any unit, y upwards
   */
  static WordMap of(List<String> words, double[][] places, List<int[]> arrows) {
    double[][] fitted = fitted(places);
    List<Box> taken = new ArrayList<>();
    for (double[] at : fitted) {
      taken.add(new Box(at[0] - 3, at[1] - 3, at[0] + 3, at[1] + 3));
    }
    List<Point> points = new ArrayList<>();
    for (int i = 0; i < words.size(); i++) {
      double[] at = fitted[i];
      points.add(new Point(words.get(i), at[0], at[1], label(words.get(i), at, taken)));
    }
    return new WordMap(points, List.copyOf(arrows));
  }

  private static Label label(String word, double[] at, List<Box> taken) {
    double width = word.codePointCount(0, word.length()) * WIDTH_OF_LETTER;
    Label[] choices = {
      new Label(at[0] + 5, at[1] + 4, 0),
      new Label(at[0] - 5, at[1] + 4, 1),
      new Label(at[0], at[1] - 6, 0.5),
      new Label(at[0], at[1] + 14, 0.5)
    };
    for (Label choice : choices) {
      Box box = choice.box(width);
      if (box.inside() && taken.stream().noneMatch(box::meets)) {
        taken.add(box);
        return choice;
      }
    }
    return null;
  }

  private static double[][] fitted(double[][] places) {
    double[] least = {Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY};
    double[] most = {Double.NEGATIVE_INFINITY, Double.NEGATIVE_INFINITY};
    for (double[] place : places) {
      for (int k = 0; k < 2; k++) {
        least[k] = Math.min(least[k], place[k]);
        most[k] = Math.max(most[k], place[k]);
      }
    }
    double reach = Math.max(1e-12, Math.max(most[0] - least[0], most[1] - least[1]));
    double scale = (SIZE - 2 * MARGIN) / reach;
    double[][] fitted = new double[places.length][];
    for (int i = 0; i < places.length; i++) {
      fitted[i] =
          new double[] {
            SIZE / 2.0 + scale * (places[i][0] - (least[0] + most[0]) / 2),
            SIZE / 2.0 - scale * (places[i][1] - (least[1] + most[1]) / 2)
          };
    }
    return fitted;
  }
}
