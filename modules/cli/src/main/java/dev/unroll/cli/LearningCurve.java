package dev.unroll.cli;

import dev.unroll.data.AtomicFile;
import dev.unroll.data.History;
import java.awt.Font;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.BitmapEncoder.BitmapFormat;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.Styler.YAxisPosition;
import org.knowm.xchart.style.markers.SeriesMarkers;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Draws how loss and score went over the epochs, as a PNG. */
public final class LearningCurve {
  private static final Logger LOG = LoggerFactory.getLogger(LearningCurve.class);
  private static final int WIDTH = 900;
  private static final int HEIGHT = 540;

  private LearningCurve() {}

  /**
   * Draws {@code history} into {@code file}. A machine without fonts cannot draw; the training is
   * worth more than its picture, so that is a warning and no error.
   *
   * @param metric the name of the dev score
   */
  public static void draw(History history, String metric, Path file) {
    try {
      System.setProperty("java.awt.headless", "true");
      XYChart chart = chart(history.rows(), metric);
      AtomicFile.write(file, out -> BitmapEncoder.saveBitmap(chart, out, BitmapFormat.PNG));
    } catch (RuntimeException | LinkageError | InternalError e) {
      LOG.warn("no learning curve was drawn to {}: {}", file, e.toString());
    }
  }

  private static XYChart chart(List<History.Row> rows, String metric) {
    XYChart chart =
        new XYChartBuilder()
            .width(WIDTH)
            .height(HEIGHT)
            .title("Learning curve")
            .xAxisTitle("epoch")
            .yAxisTitle("loss (nats)")
            .build();
    chart.getStyler().setLegendPosition(LegendPosition.OutsideS);
    chart.getStyler().setYAxisGroupPosition(1, YAxisPosition.Right);
    chart.getStyler().setChartTitleFont(new Font(Font.SANS_SERIF, Font.BOLD, 16));
    double[] epochs = rows.stream().mapToDouble(History.Row::epoch).toArray();
    double[] trainLoss = rows.stream().mapToDouble(History.Row::trainLoss).toArray();
    double[] devLoss = rows.stream().mapToDouble(History.Row::devLoss).toArray();
    double[] devScore = rows.stream().mapToDouble(History.Row::devScore).toArray();
    chart.addSeries("training loss", epochs, trainLoss).setMarker(SeriesMarkers.NONE);
    if (anyNumber(devLoss)) {
      chart.addSeries("dev loss", epochs, devLoss).setMarker(SeriesMarkers.NONE);
    }
    if (anyNumber(devScore)) {
      chart.setYAxisGroupTitle(1, metric + " on dev");
      chart
          .addSeries("dev " + metric, epochs, devScore)
          .setMarker(SeriesMarkers.CIRCLE)
          .setYAxisGroup(1);
    }
    return chart;
  }

  /** Without a dev part there is none. */
  private static boolean anyNumber(double[] values) {
    return !Arrays.stream(values).allMatch(Double::isNaN);
  }
}
