package dev.unroll.activity;

import static dev.unroll.activity.Skeleton.AXES;

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
 */
final class BoneLengths implements Variation<float[][]> {
  private final int root;
  private final List<Bone> outwards;
  private final double reach;

  /**
   * A bone.
   *
   * @param near the joint that is nearer to the root
   * @param far the other one
   * @param name of the farther joint, on either side
   */
  private record Bone(int near, int far, String name) {}

  /**
   * @param reach the logarithm of a factor is drawn from ±{@code reach}
   */
  BoneLengths(Skeleton skeleton, double reach) {
    this.root = skeleton.root();
    this.outwards = outwards(skeleton);
    this.reach = reach;
  }

  /** The bones of a skeleton, each after the one that leads to it. */
  private static List<Bone> outwards(Skeleton skeleton) {
    List<Integer> reached = new ArrayList<>(List.of(skeleton.root()));
    List<Bone> found = new ArrayList<>();
    for (int i = 0; i < reached.size(); i++) {
      int near = reached.get(i);
      for (List<Integer> bone : skeleton.bones()) {
        int far = bone.get(0) == near ? bone.get(1) : bone.get(0);
        if (bone.contains(near) && !reached.contains(far)) {
          reached.add(far);
          String name = skeleton.joints().get(far).replaceAll("(?i)left|right", "");
          found.add(new Bone(near, far, name));
        }
      }
    }
    return found;
  }

  /**
   * A figure as {@link Skeleton#seenFromRoot} gives it, {@code [time][3 * joints]}. Joints to which
   * no bones lead stay where they are, and so does the root, whose channels say where it went.
   */
  @Override
  public float[][] vary(float[][] figure, SplittableRandom random) {
    Map<String, Double> factors = new HashMap<>();
    float[][] varied = new float[figure.length][];
    for (int t = 0; t < figure.length; t++) {
      varied[t] = figure[t].clone();
    }
    for (Bone bone : outwards) {
      double factor =
          factors.computeIfAbsent(
              bone.name, any -> Math.exp(reach * (2 * random.nextDouble() - 1)));
      for (int t = 0; t < figure.length; t++) {
        stretch(figure[t], varied[t], bone, (float) factor);
      }
    }
    return varied;
  }

  private void stretch(float[] figure, float[] varied, Bone bone, float factor) {
    boolean atRoot = bone.near == root; // which is where the others are seen from
    for (int axis = 0; axis < AXES; axis++) {
      int from = bone.near * AXES + axis;
      int to = bone.far * AXES + axis;
      float length = figure[to] - (atRoot ? 0 : figure[from]);
      varied[to] = (atRoot ? 0 : varied[from]) + factor * length;
    }
  }
}
