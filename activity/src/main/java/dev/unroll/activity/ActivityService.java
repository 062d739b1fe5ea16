package dev.unroll.activity;

import dev.unroll.data.LineReader;
import dev.unroll.data.TextSource;
import dev.unroll.serving.Input;
import dev.unroll.serving.ServedModel;
import dev.unroll.serving.Tab;
import dev.unroll.serving.TaskService;
import dev.unroll.serving.Verb;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPInputStream;

/** What a server offers of the task. */
public final class ActivityService implements TaskService {
  /** What a recording is called that has no id of its own. */
  private static final String NAME = "recording";

  private static final String SAMPLE = "sample/test.csv.gz";

  private static final int STEPS_OF_EXAMPLE = 5;

  @Override
  public String task() {
    return "activity";
  }

  @Override
  public String summary() {
    return "A model of activity train, which tells what recordings of motion show.";
  }

  @Override
  public String mainClass() {
    return "dev.unroll.activity.Activity";
  }

  @Override
  public ServedModel load(Path file) {
    ActivityModel model = ActivityModel.load(file);
    Verb<String> recognise =
        Verb.reading(
            "recognise",
            "Label recordings, in the text of a table (CSV) or of a .ts file.",
            Input.string("recording", "recordings"),
            List.of(),
            example(model.channels()),
            ActivityService::read,
            (recordings, arguments) -> model.recognise(recordings));
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("labels", model.labels());
    facts.put("channels", model.channels());
    facts.put("sample", sample(model.channels()));
    return new ServedModel(List.of(recognise), facts);
  }

  /** A recording that comes with the program; null for a model of other channels. */
  private static String sample(List<String> channels) {
    List<String> lines = new ArrayList<>();
    try (InputStream packed = ActivityService.class.getResourceAsStream(SAMPLE);
        LineReader all = TextSource.of(SAMPLE, new GZIPInputStream(packed)).open()) {
      String names = all.next();
      if (!names.endsWith("," + String.join(",", channels))) {
        return null;
      }
      lines.add(names);
      String first = all.next();
      String id = first.substring(0, first.indexOf(',') + 1);
      for (String line = first; line != null && line.startsWith(id); line = all.next()) {
        lines.add(line);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return String.join("\n", lines);
  }

  private static List<Recording> read(String table) {
    byte[] bytes = table.getBytes(StandardCharsets.UTF_8);
    TextSource source = TextSource.of(NAME, new ByteArrayInputStream(bytes));
    return RecordingReader.read(source, Optional.empty()).examples();
  }

  /** Somebody who does not move. */
  private static String example(List<String> channels) {
    String zeros = "0" + ",0".repeat(channels.size() - 1) + "\n";
    String names =
        String.join(
            ",", channels.stream().map(name -> '"' + name.replace("\"", "\"\"") + '"').toList());
    return names + "\n" + zeros.repeat(STEPS_OF_EXAMPLE);
  }

  @Override
  public Tab tab() {
    return new Tab("Activity", 70, ActivityService.class, "tab.js");
  }
}
