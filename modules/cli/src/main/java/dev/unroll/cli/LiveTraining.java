package dev.unroll.cli;

import dev.unroll.data.DevScore;
import dev.unroll.data.TrainingListener;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * How a training stands, for a page that asks. The curve has a point for every step while they are
 * few; whenever there are too many, every second one is dropped, and so are those to come.
 */
final class LiveTraining implements TrainingListener {
  private static final int MOST_POINTS = 2_000;

  private final String unit;
  private final LongSupplier nanoTime;
  private long began;
  private final List<double[]> points = new ArrayList<>(); // epochs done, loss
  private final List<Map<String, Object>> epochs = new ArrayList<>();
  private Plan plan;
  private Step step;
  private Summary summary;
  private double begunAt; // epochs that were done before, of a training that goes on
  private int each = 1;
  private long steps;

  LiveTraining(String unit, LongSupplier nanoTime) {
    this.unit = unit;
    this.nanoTime = nanoTime;
    this.began = nanoTime.getAsLong();
  }

  /** With folds, the next training begins. */
  @Override
  public synchronized void planned(Plan next) {
    plan = next;
    began = nanoTime.getAsLong();
    points.clear();
    epochs.clear();
    step = null;
    summary = null;
    begunAt = 0;
    each = 1;
    steps = 0;
  }

  @Override
  public synchronized void resumed(int epoch, int batch) {
    begunAt = epoch - 1;
  }

  @Override
  public synchronized void stepped(Step next) {
    step = next;
    if (steps++ % each == 0 && !Double.isNaN(next.loss())) {
      points.add(new double[] {done(next), next.loss()});
    }
    if (points.size() > MOST_POINTS) {
      each *= 2;
      for (int i = points.size() - 1; i >= 0; i--) {
        if (i % 2 == 1) {
          points.remove(i);
        }
      }
    }
  }

  /** In epochs. */
  private static double done(Step step) {
    return step.epoch() - 1 + (double) step.batch() / step.batches();
  }

  @Override
  public synchronized void epochEnded(Epoch epoch) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("epoch", epoch.epoch());
    row.put("trainLoss", epoch.trainLoss());
    row.put("devLoss", epoch.dev().map(DevScore::loss).orElse(Double.NaN));
    row.put("metric", epoch.dev().map(DevScore::metric).orElse(""));
    row.put("devScore", epoch.dev().map(DevScore::value).orElse(Double.NaN));
    row.put("best", epoch.best());
    row.put("learningRate", epoch.learningRate());
    row.put("seconds", epoch.elapsed().toMillis() / 1e3);
    epochs.add(row);
  }

  @Override
  public synchronized void ended(Summary end) {
    summary = end;
  }

  /** Everything that the page shows, as JSON. */
  synchronized String json() {
    Map<String, Object> state = new LinkedHashMap<>();
    state.put("unit", unit);
    state.put("seconds", seconds());
    if (plan != null) {
      state.put("parameters", plan.parameters());
      state.put("trainExamples", plan.trainExamples());
      state.put("devExamples", plan.devExamples());
      state.put("epochs", plan.epochs());
    }
    if (step != null) {
      state.put("done", done(step));
      state.put("loss", step.loss());
      state.put("rate", step.examplesPerSecond());
      state.put("left", left());
    }
    state.put("points", points);
    state.put("history", epochs);
    state.put("ended", summary == null ? null : summary.reason());
    state.put("bestEpoch", summary == null ? null : summary.bestEpoch());
    return JsonLines.line(state);
  }

  private double seconds() {
    return (nanoTime.getAsLong() - began) / 1e9;
  }

  /** Seconds to the end of the last epoch, should all be run, by the mean pace so far. */
  private double left() {
    double run = done(step) - begunAt;
    return run <= 0 ? Double.NaN : seconds() * (plan.epochs() - done(step)) / run;
  }
}
