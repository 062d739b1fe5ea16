package dev.unroll.activity;

import dev.unroll.cli.HtmlPage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Recordings as a page of HTML that needs nothing else: the channels, the probability of each label
 * while the recording goes on, and the figure that moves, if it is one.
 */
final class RecordingPage {
  private static final int MOMENTS = 50;

  private RecordingPage() {}

  static String of(ActivityModel model, List<Recording> recordings) {
    List<Object> bones = new ArrayList<>();
    model.skeleton().ifPresent(figure -> bones.addAll(figure.bones()));
    return new HtmlPage(RecordingPage.class, "recording.html")
        .fill("RECORDINGS", recordings.stream().map(one -> recording(model, one)).toList())
        .fill("LABELS", model.labels())
        .fill("BONES", bones)
        .html();
  }

  private static Map<String, Object> recording(ActivityModel model, Recording recording) {
    Map<String, Object> shown = new LinkedHashMap<>();
    shown.put("id", recording.id());
    shown.put("label", recording.label() == null ? "" : recording.label());
    shown.put("rate", recording.rate());
    shown.put("channels", model.channels());
    float[][] values = Channels.arrange(recording, model.channels());
    List<List<Double>> steps = new ArrayList<>();
    for (float[] step : values) {
      steps.add(present(step));
    }
    shown.put("steps", steps);
    List<Object> moments = new ArrayList<>();
    for (Moment moment : model.unfold(recording, MOMENTS)) {
      double[] probabilities =
          moment.answer().probabilities().values().stream().mapToDouble(p -> p).toArray();
      moments.add(List.of(moment.steps(), HtmlPage.rounded(probabilities)));
    }
    shown.put("moments", moments);
    return shown;
  }

  /** Missing values are null. */
  private static List<Double> present(float[] step) {
    List<Double> present = new ArrayList<>(step.length);
    for (float value : step) {
      present.add(Float.isNaN(value) ? null : HtmlPage.rounded(value).get(0));
    }
    return present;
  }
}
