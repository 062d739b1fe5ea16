package dev.unroll.evaluation;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * What turns a reference into what was recognised, with as few edits as there can be (V.
 * Levenshtein 1966). Among several such ways a substitution is preferred to an insertion and a
 * deletion.
 *
 * @param <T> a word or a character
 * @param edits in the order of the reference, those that change nothing among them
 */
record EditCounts<T>(List<Edit<T>> edits) {
  /**
   * A place of the two side by side.
   *
   * @param reference null for an insertion
   * @param recognised null for a deletion
   */
  record Edit<T>(T reference, T recognised) {
    boolean right() {
      return reference != null && reference.equals(recognised);
    }
  }

  static <T> EditCounts<T> of(List<T> reference, List<T> recognised) {
    int rows = reference.size();
    int columns = recognised.size();
    int[][] cost = new int[rows + 1][columns + 1];
    for (int i = 0; i <= rows; i++) {
      for (int j = 0; j <= columns; j++) {
        if (i == 0 || j == 0) {
          cost[i][j] = i + j;
        } else {
          int change = reference.get(i - 1).equals(recognised.get(j - 1)) ? 0 : 1;
          cost[i][j] =
              Math.min(cost[i - 1][j - 1] + change, 1 + Math.min(cost[i - 1][j], cost[i][j - 1]));
        }
      }
    }
    List<Edit<T>> edits = new ArrayList<>();
    int i = rows;
    int j = columns;
    while (i > 0 || j > 0) {
      T left = i > 0 ? reference.get(i - 1) : null;
      T right = j > 0 ? recognised.get(j - 1) : null;
      if (i > 0 && j > 0 && cost[i][j] == cost[i - 1][j - 1] + (left.equals(right) ? 0 : 1)) {
        edits.add(new Edit<>(left, right));
        i--;
        j--;
      } else if (i > 0 && cost[i][j] == cost[i - 1][j] + 1) {
        edits.add(new Edit<>(left, null));
        i--;
      } else {
        edits.add(new Edit<>(null, right));
        j--;
      }
    }
    Collections.reverse(edits);
    return new EditCounts<>(edits);
  }
}
