package dev.unroll.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unroll.data.History;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LearningCurveTest {
  @TempDir private Path folder;

  @Test
  void theCurveIsAPictureWithSomethingOnIt() throws Exception {
    History history = new History();
    history.add(new History.Row(1, 0.9, 0.5, 0.8, 0.01));
    history.add(new History.Row(2, 0.5, 0.7, 0.6, 0.01));
    Path png = folder.resolve("curve.png");
    LearningCurve.draw(history, "accuracy", png);
    BufferedImage picture = ImageIO.read(png.toFile());
    int[] pixels =
        picture.getRGB(0, 0, picture.getWidth(), picture.getHeight(), null, 0, picture.getWidth());
    assertThat(java.util.Arrays.stream(pixels).distinct().count()).isGreaterThan(10);
  }

  @Test
  void anEpochWithoutDevIsDrawnToo() {
    History history = new History();
    history.add(new History.Row(1, 0.9, Double.NaN, Double.NaN, 0.01));
    Path png = folder.resolve("curve.png");
    LearningCurve.draw(history, "accuracy", png);
    assertThat(png).exists();
  }
}
