package dev.unroll.activity;

import dev.unroll.training.Variation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Figures of people who are built differently but move alike: each bone, from the root outwards, is
 * longer or shorter by a factor, the same at all steps and for left and right; its direction stays.
 * The joint beyond moves with it, and so do those that hang on it.
 *
 * @param reach the logarithm of a factor is drawn from ±{@code reach}
 */
record BoneLengths(Skeleton skeleton, double reach) implements Variation<float[][]> {
  private static final int AXES = 3;

  /**
   * A figure as {@link Skeleton#seenFromRoot} gives it, {@code [time][3 * joints]}. Joints to which
   * no bones lead stay where they are, and so does the root, whose channels say where it went.
   */
  @Override
  public float[][] vary(float[][] figure, SplittableRandom random) {
    List<int[]> outwards = outwards();
    Map<String, Double> factors = new HashMap<>();
    float[][] varied = new float[figure.length][];
    for (int t = 0; t < figure.length; t++) {
      varied[t] = figure[t].clone();
    }
    for (int[] bone : outwards) {
      String name = skeleton.joints().get(bone[1]).replaceAll("(?i)left|right", "");
      double factor =
          factors.computeIfAbsent(name, any -> Math.exp(reach * (2 * random.nextDouble() - 1)));
      for (int t = 0; t < figure.length; t++) {
        stretch(figure[t], varied[t], bone[0], bone[1], (float) factor);
      }
    }
    return varied;
  }

  private void stretch(float[] figure, float[] varied, int near, int far, float factor) {
    for (int axis = 0; axis < AXES; axis++) {
      int from = near * AXES + axis;
      int to = far * AXES + axis;
      boolean atRoot = near == skeleton.root(); // which is where the others are seen from
      float length = figure[to] - (atRoot ? 0 : figure[from]);
      varied[to] = (atRoot ? 0 : varied[from]) + factor * length;
    }
  }

  /** The bones from their nearer joint to the farther one, each after the one that leads to it. */
  private List<int[]> outwards() {
    List<Integer> reached = new ArrayList<>(List.of(skeleton.root()));
    List<int[]> found = new ArrayList<>();
    for (int i = 0; i < reached.size(); i++) {
      int near = reached.get(i);
      for (List<Integer> bone : skeleton.bones()) {
        int far = bone.get(0) == near ? bone.get(1) : bone.get(0);
        if (bone.contains(near) && !reached.contains(far)) {
          reached.add(far);
          found.add(new int[] {near, far});
        }
      }
    }
    return found;
  }
}
