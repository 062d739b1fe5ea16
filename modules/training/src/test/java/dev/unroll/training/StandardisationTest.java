package dev.unroll.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.unroll.data.ModelFile;
import dev.unroll.data.ModelFileWriter;
import dev.unroll.data.UserError;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StandardisationTest {
  @TempDir Path folder;

  /** A channel around 1, one around -20,000 that hardly moves, and one that stands still. */
  private static List<float[][]> recordings() {
    Random random = new Random(4);
    List<float[][]> recordings = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      float[][] recording = new float[random.nextInt(50)][];
      for (int t = 0; t < recording.length; t++) {
        recording[t] =
            new float[] {
              (float) random.nextGaussian() * 3 + 1, -20_000 + (float) random.nextGaussian(), 9.81f
            };
      }
      recordings.add(recording);
    }
    return recordings;
  }

  @Test
  void theTrainingPartHasMeanZeroAndDeviationOne() {
    List<float[][]> recordings = recordings();
    Standardisation standard = Standardisation.fit(recordings);
    double[] sum = new double[3];
    double[] squares = new double[3];
    int steps = 0;
    for (float[][] recording : recordings) {
      for (float[] step : standard.apply(recording)) {
        steps++;
        for (int i = 0; i < 3; i++) {
          sum[i] += step[i];
          squares[i] += step[i] * step[i];
        }
      }
    }
    for (int i = 0; i < 3; i++) {
      assertThat(sum[i] / steps).isEqualTo(0, within(2e-3));
      assertThat(squares[i] / steps).isEqualTo(i == 2 ? 0 : 1, within(4e-3));
    }
    assertThat(standard.channels()).isEqualTo(3);
  }

  @Test
  void whatIsMissingCountsForNothing() {
    float gap = Float.NaN;
    List<float[][]> gaps =
        List.<float[][]>of(new float[][] {{1, gap, gap}, {gap, gap, 4}, {3, gap, 4}});
    Standardisation standard = Standardisation.fitPresent(gaps);
    assertThat(standard)
        .isEqualTo(new Standardisation(new float[] {2, 0, 4}, new float[] {1, 1, 1}));
    assertThat(Standardisation.fitPresent(recordings()))
        .isEqualTo(Standardisation.fit(recordings()));
    assertThatThrownBy(() -> Standardisation.fit(gaps)).hasMessageContaining("NaN, not finite");
    assertThatThrownBy(
            () ->
                Standardisation.fitPresent(
                    List.<float[][]>of(new float[][] {{Float.POSITIVE_INFINITY}})))
        .hasMessageContaining("Infinity, not finite");
  }

  @Test
  void aModelKeepsItToTheBit() {
    Standardisation standard = Standardisation.fit(recordings());
    Path path = folder.resolve("m.zip");
    try (ModelFileWriter file = new ModelFileWriter(path, "test")) {
      standard.write(file);
      file.commit();
    }
    try (ModelFile file = ModelFile.open(path, "test")) {
      assertThat(Standardisation.read(file)).isEqualTo(standard);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "null",
        "{}",
        "{\"mean\": [1]}",
        "{\"mean\": [1], \"deviation\": [1, 2]}",
        "{\"mean\": [1], \"deviation\": [0]}",
        "{\"mean\": [1], \"deviation\": [-1]}",
        "{\"mean\": [], \"deviation\": []}",
        "[1]"
      })
  void aDamagedOneIsRefused(String json) {
    Path path = folder.resolve("m.zip");
    try (ModelFileWriter file = new ModelFileWriter(path, "test")) {
      file.text("standardisation.json", json);
      file.commit();
    }
    try (ModelFile file = ModelFile.open(path, "test")) {
      assertThatThrownBy(() -> Standardisation.read(file))
          .isInstanceOf(UserError.class)
          .hasMessageContaining("m.zip: damaged: 'standardisation.json'")
          .hasMessageNotContaining("\n");
    }
  }

  @Test
  void whatCannotBeStandardisedIsRefused() {
    assertThatThrownBy(() -> Standardisation.fit(List.<float[][]>of(new float[0][])))
        .hasMessage("no steps to standardise by");
    assertThatThrownBy(() -> Standardisation.fit(List.<float[][]>of(new float[][] {{1, 2}, {1}})))
        .hasMessage("a step of 1 values among steps of 2");
    assertThatThrownBy(
            () -> Standardisation.fit(List.<float[][]>of(new float[][] {{1, Float.NaN}})))
        .hasMessage("channel 1 is NaN, not finite");
    Standardisation standard = Standardisation.fit(List.<float[][]>of(new float[][] {{1, 2}}));
    assertThat(standard.apply(new float[][] {{1, 3}})).isDeepEqualTo(new float[][] {{0, 1}});
    assertThatThrownBy(() -> standard.apply(new float[][] {{1}}))
        .hasMessage("a step of 1 values among steps of 2");
  }
}
