package dev.unroll.layers.ctc;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Allows words of a list, with one separator between any two: a tree of their beginnings. So does a
 * decoder with a lexicon (A. Graves, N. Jaitly, <i>Towards End-to-End Speech Recognition with
 * Recurrent Neural Networks</i>, ICML 2014, section 5.2).
 */
public final class WordRules implements LabelRules {
  private static final int ROOT = 0;

  private final int separator;
  private final List<Map<Integer, Integer>> longer = new ArrayList<>();
  private final List<Boolean> whole = new ArrayList<>();

  /**
   * The rules of a list.
   *
   * @param words the labels of each; none of them a separator
   * @param separator the label between two words; 0, which is no label, for a single word
   */
  public WordRules(Collection<int[]> words, int separator) {
    this.separator = separator;
    newState();
    for (int[] word : words) {
      int state = ROOT;
      for (int label : word) {
        if (label == separator || label == Ctc.BLANK) {
          throw new IllegalArgumentException("a word has the label " + label);
        }
        state = longer.get(state).computeIfAbsent(label, other -> newState());
      }
      whole.set(state, state != ROOT);
    }
  }

  private int newState() {
    longer.add(new HashMap<>());
    whole.add(false);
    return whole.size() - 1;
  }

  @Override
  public int start() {
    return ROOT;
  }

  @Override
  public int after(int state, int label) {
    return label == separator
        ? whole.get(state) ? ROOT : NONE
        : longer.get(state).getOrDefault(label, NONE);
  }

  @Override
  public boolean mayEnd(int state) {
    return state == ROOT || whole.get(state);
  }
}
