package dev.unroll.activity;

import static java.util.Arrays.deepToString;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.unroll.data.Corpus;
import dev.unroll.data.UserError;
import dev.unroll.training.Standardisation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.dataset.MultiDataSet;

/** From a recording to the arrays that a network reads. */
class ActivityEncoderTest {
  private static final float GAP = Float.NaN;
  @TempDir Path folder;

  private static Recording recording(String label, double rate, float[]... values) {
    return new Recording("r", label, null, Channels.numbered(values[0].length), rate, values);
  }

  @Test
  void aBatchIsWhatItsPictureShows() {
    Measurements measurements = new Measurements(Channels.numbered(2), 0, Optional.empty());
    Standardisation standard =
        new Standardisation(new float[] {1, 0, 0, 0}, new float[] {1, 10, 1, 0.5f});
    ActivityEncoder encoder =
        new ActivityEncoder(
            measurements, List.of("a", "b"), standard, Handful.config("stack", "2"));
    Motion three =
        encoder.prepare(
            recording("b", 0, new float[] {1, 50}, new float[] {2, 50}, new float[] {4, 60}));
    Motion one = encoder.prepare(recording("a", 0, new float[] {1, 0}));
    assertThat(encoder.length(three)).isEqualTo(2);
    MultiDataSet batch = encoder.encode(List.of(three, one));
    assertThat(batch.getFeatures(0).shape()).containsExactly(2, 8, 2);
    // x - 1, y / 10, Δx, 2 Δy of one step and of the next.
    float[][] expected = {
      {0, 5, 0.5f, 0, 1, 5, 1.5f, 10}, {3, 6, 1, 10, 3, 6, 1, 10},
    };
    for (int t = 0; t < 2; t++) {
      for (int f = 0; f < 8; f++) {
        assertThat(batch.getFeatures(0).getFloat(0, f, t))
            .as("feature %d of step %d", f, t)
            .isEqualTo(expected[t][f], within(1e-5f));
      }
    }
    assertThat(batch.getFeaturesMaskArray(0).toFloatMatrix())
        .isDeepEqualTo(new float[][] {{1, 1}, {1, 0}});
    assertThat(batch.getLabels(0).toFloatMatrix()).isDeepEqualTo(new float[][] {{0, 1}, {1, 0}});
  }

  @Test
  void gapsAreFilledWithWhatWasMeasuredBeforeThem() {
    float[][] values = {{GAP, GAP, GAP}, {GAP, 1, GAP}, {5, GAP, GAP}, {GAP, 3, GAP}};
    float[][] measured = Gaps.measured(values);
    assertThat(measured).hasNumberOfRows(3);
    assertThat(Gaps.filled(measured, new float[] {9, 9, 9}))
        .isDeepEqualTo(new float[][] {{5, 1, 9}, {5, 1, 9}, {5, 3, 9}});
    assertThat(values[1][0]).isNaN();
    assertThat(Gaps.filled(new float[0][], new float[] {1})).isEmpty();
  }

  @Test
  void aRecordingAtAnotherRateIsBroughtToThatOfTheTraining() {
    Measurements measurements = new Measurements(Channels.numbered(1), 10, Optional.empty());
    float[] a = {0};
    float[] b = {2};
    float[] c = {4};
    assertThat(measurements.of(recording("x", 20, a, b, c, b)))
        .isDeepEqualTo(new float[][] {{0}, {2}});
    assertThat(measurements.of(recording("x", 0, a, b, c))).hasNumberOfRows(3);
    assertThat(measurements.of(recording("x", 10.01, a, b, c))).hasNumberOfRows(3);
    assertThat(measurements.of(recording("x", 5, a, b))).hasNumberOfRows(4);
  }

  @Test
  void aFigureIsSeenFromItsRootInUnitsOfItsTorso() throws IOException {
    Path file = folder.resolve("stick.properties");
    Files.writeString(file, "joints = hip neck\nbones = hip-neck\nroot = hip\ntorso = neck\n");
    Skeleton stick = Skeleton.of(file.toString());
    assertThat(stick.channels())
        .containsExactly("hip.x", "hip.y", "hip.z", "neck.x", "neck.y", "neck.z");
    float[][] frames = {{1, 1, 1, 1, 3, 1}, {0, 0, 0, 0, 0, 0}, {2, 1, 1, 2, 2, 1.5f}};
    // The lengths of its torso are 2 and 1.118; the larger is the upper median.
    float[][] seen = stick.seenFromRoot(frames);
    assertThat(seen[0]).containsExactly(0, 0, 0, 0, 1, 0);
    assertThat(seen[1]).containsOnly(GAP);
    assertThat(seen[2]).containsExactly(0.5f, 0, 0, 0, 0.5f, 0.25f);
    // Elsewhere, and twice as tall: the same.
    float[][] other = {{7, 2, 0, 7, 6, 0}, {GAP, GAP, GAP, GAP, GAP, GAP}, {9, 2, 0, 9, 4, 1}};
    assertThat(deepToString(stick.seenFromRoot(other))).isEqualTo(deepToString(seen));
  }

  @Test
  void skeletonsThatAreNoneAreRefused() throws IOException {
    assertThat(Skeleton.of("kinect-20").joints()).hasSize(20);
    assertThat(Skeleton.of("figure-11").bones()).hasSize(10);
    assertThatThrownBy(() -> Skeleton.of("octopus"))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("skeleton must be none, kinect-20, figure-11 or a file");
    Path file = folder.resolve("bad.properties");
    Files.writeString(file, "joints = hip neck\nbones = hip-head\n");
    assertThatThrownBy(() -> Skeleton.of(file.toString()))
        .hasMessageContaining("'head' is none of");
    Files.writeString(file, "joints = hip neck\nbones = hip-neck\nroot = hip\n");
    assertThatThrownBy(() -> Skeleton.of(file.toString())).hasMessageContaining("add torso");
    assertThatThrownBy(
            () -> ActivityEncoder.fit(Handful.corpus(), Handful.config("skeleton", "figure-11")))
        .hasMessageContaining("its 2 channels are not those of the skeleton");
  }

  @Test
  void whatCannotBeLearntFromIsRefused() {
    Recording up = recording("up", 0, new float[] {1});
    for (var wrong :
        List.of(
            List.of(up, up),
            List.of(up, recording(null, 0, new float[] {1})),
            List.of(recording("a", 0, new float[] {GAP}), recording("b", 0, new float[] {GAP})))) {
      assertThatThrownBy(
              () -> ActivityEncoder.fit(new Corpus<>(wrong, "some.csv", "none"), Handful.config()))
          .isInstanceOf(UserError.class)
          .hasMessageStartingWith("some.csv: ");
    }
  }

  @Test
  void whoeverTrainsOnLongRecordingsIsToldOfStacking() {
    assertThat(LongRecordings.advice(1, new int[] {20, 2000, 99})).isEmpty();
    assertThat(LongRecordings.advice(2, new int[] {315, 20, 350}).orElseThrow())
        .startsWith(
            "the network reads 315 steps of a recording; with stack = 18 it reads about 35");
  }
}
