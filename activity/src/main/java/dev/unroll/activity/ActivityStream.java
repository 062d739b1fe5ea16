package dev.unroll.activity;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * Recognises what goes on while it is measured: looks through windows of one length that move along
 * the stream. It keeps the measurements of one window, however long the stream.
 *
 * <pre>
 *   measurements   · · · · · · · · · · · ·
 *   window 1       |-------|
 *   window 2           |-------|            by half a window
 *   window 3               |-------|
 * </pre>
 *
 * <p>Serves one thread at a time; many streams may use one model.
 */
public final class ActivityStream {
  private record Step(double time, float[] values) {}

  private final ActivityModel model;
  private final List<String> channels;
  private final double window;
  private final double hop;
  private final double rate;
  private final Deque<Step> steps = new ArrayDeque<>();
  private double start = Double.NaN;
  private double last = Double.NEGATIVE_INFINITY;
  private boolean spotted;

  /**
   * A stream that begins with the first measurement.
   *
   * @param channels what is measured, in the order of the values
   * @param window its length, in the unit of the times
   * @param hop from the beginning of a window to that of the next, at most {@code window}
   * @param rate measurements a second, or 0 if nobody said
   */
  public ActivityStream(
      ActivityModel model, List<String> channels, double window, double hop, double rate) {
    if (!(hop > 0 && hop <= window) || Double.isInfinite(window)) {
      throw new IllegalArgumentException("a window of " + window + " moving by " + hop);
    }
    this.model = model;
    this.channels = List.copyOf(channels);
    this.window = window;
    this.hop = hop;
    this.rate = rate;
  }

  /**
   * Takes what was measured at a moment.
   *
   * @param time in seconds, or in steps; not before the one of the last call
   * @param values of the channels, {@code NaN} where one is missing
   * @return what was seen through the windows that end before this moment; mostly none
   */
  public List<Spotted> accept(double time, float[] values) {
    if (!(time >= last)) {
      throw new IllegalArgumentException("time goes back from " + last + " to " + time);
    }
    last = time;
    start = Double.isNaN(start) ? time : start;
    List<Spotted> seen = new ArrayList<>();
    while (time >= start + window) {
      if (steps.isEmpty()) { // nothing was measured for long
        start += hop * Math.max(1, Math.floor((time - window - start) / hop));
      } else {
        look(start + window).ifPresent(seen::add);
        start += hop;
      }
      while (!steps.isEmpty() && steps.peekFirst().time() < start) {
        steps.removeFirst();
      }
    }
    steps.addLast(new Step(time, values.clone()));
    return seen;
  }

  /** Ends the stream: what was seen of it if it is shorter than a window. */
  public Optional<Spotted> end() {
    return spotted || steps.isEmpty() ? Optional.empty() : look(last);
  }

  private Optional<Spotted> look(double end) {
    List<float[]> values = new ArrayList<>();
    for (Step step : steps) {
      if (step.time() < end || !spotted && end == last) {
        values.add(step.values());
      }
    }
    if (values.isEmpty()) {
      return Optional.empty();
    }
    Recognised answer =
        model.recognise(
            new Recording("stream", null, null, channels, rate, values.toArray(float[][]::new)));
    spotted = true;
    return Optional.of(
        new Spotted(answer.label(), start, end, answer.probability(), answer.probabilities()));
  }
}
