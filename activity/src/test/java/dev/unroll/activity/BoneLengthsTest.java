package dev.unroll.activity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.unroll.data.UserError;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class BoneLengthsTest {
  private static final Skeleton FIGURE = Skeleton.of("kinect-20");
  private static final BoneLengths LENGTHS = new BoneLengths(FIGURE, 0.5);
  private final float[][] figure = figure();

  private static float[][] figure() {
    SplittableRandom random = new SplittableRandom(7);
    float[][] frames = new float[5][FIGURE.channels().size()];
    for (float[] frame : frames) {
      for (int c = 0; c < frame.length; c++) {
        frame[c] = (float) random.nextGaussian();
      }
    }
    return frames;
  }

  /** From joint to joint; the root is where the others are seen from. */
  private static double[] bone(float[] frame, int near, int far) {
    double[] bone = new double[3];
    for (int axis = 0; axis < 3; axis++) {
      bone[axis] =
          (far == FIGURE.root() ? 0 : frame[3 * far + axis])
              - (near == FIGURE.root() ? 0 : frame[3 * near + axis]);
    }
    return bone;
  }

  private double factor(float[][] varied, int t, String near, String far) {
    int a = FIGURE.joints().indexOf(near);
    int b = FIGURE.joints().indexOf(far);
    return bone(varied[t], a, b)[0] / bone(figure[t], a, b)[0];
  }

  @Test
  void everyBoneKeepsItsDirectionAndHasOneFactorAtAllSteps() {
    float[][] before = figure();
    float[][] varied = LENGTHS.vary(figure, new SplittableRandom(1));
    assertThat(figure).isDeepEqualTo(before);
    for (List<Integer> ends : FIGURE.bones()) {
      double[] first = bone(figure[0], ends.get(0), ends.get(1));
      double factor = bone(varied[0], ends.get(0), ends.get(1))[0] / first[0];
      assertThat(Math.abs(Math.log(factor))).isBetween(1e-6, 0.5 + 1e-6);
      for (int t = 0; t < figure.length; t++) {
        double[] old = bone(figure[t], ends.get(0), ends.get(1));
        double[] now = bone(varied[t], ends.get(0), ends.get(1));
        for (int axis = 0; axis < 3; axis++) {
          assertThat(now[axis]).isCloseTo(factor * old[axis], within(1e-4));
        }
      }
    }
  }

  @Test
  void leftAndRightAreAlike() {
    float[][] varied = LENGTHS.vary(figure, new SplittableRandom(2));
    assertThat(factor(varied, 1, "left_shoulder", "left_elbow"))
        .isCloseTo(factor(varied, 2, "right_shoulder", "right_elbow"), within(1e-3));
    assertThat(factor(varied, 1, "left_shoulder", "left_elbow"))
        .isNotCloseTo(factor(varied, 1, "left_elbow", "left_wrist"), within(1e-3));
  }

  @Test
  void theRootGoesWhereItWent() {
    float[][] varied = LENGTHS.vary(figure, new SplittableRandom(3));
    for (int t = 0; t < figure.length; t++) {
      for (int axis = 0; axis < 3; axis++) {
        int channel = 3 * FIGURE.root() + axis;
        assertThat(varied[t][channel]).isEqualTo(figure[t][channel]);
      }
    }
  }

  @Test
  void thereAreNoneWithoutAFigure() {
    assertThatThrownBy(() -> ActivityConfig.with(Map.of("bone-lengths", "0.2")))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("bone-lengths is of figures");
    assertThatThrownBy(
            () -> ActivityConfig.with(Map.of("bone-lengths", "-1", "skeleton", "kinect-20")))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("must be from 0 to 1, got -1");
  }
}
