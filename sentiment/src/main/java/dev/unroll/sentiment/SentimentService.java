package dev.unroll.sentiment;

import dev.unroll.serving.Input;
import dev.unroll.serving.ServedModel;
import dev.unroll.serving.Tab;
import dev.unroll.serving.TaskService;
import dev.unroll.serving.Verb;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** What a server offers of the task. */
public final class SentimentService implements TaskService {
  private static final String EXAMPLE = "Friendly staff and a great breakfast.";

  @Override
  public String task() {
    return "sentiment";
  }

  @Override
  public String summary() {
    return "A model of sentiment train, which labels texts.";
  }

  @Override
  public String mainClass() {
    return "dev.unroll.sentiment.Sentiment";
  }

  @Override
  public ServedModel load(Path file) {
    SentimentModel model = SentimentModel.load(file);
    Verb<String> classify =
        Verb.answering(
            "classify",
            "Label texts.",
            Input.text(),
            List.of(),
            EXAMPLE,
            (texts, arguments) -> model.classify(texts));
    Verb<String> explain =
        Verb.answering(
            "explain",
            "Tell which words speak for the label of a text and which against it.",
            Input.text(),
            List.of(),
            EXAMPLE,
            (texts, arguments) -> model.explain(texts));
    return new ServedModel(List.of(classify, explain), Map.of("labels", model.labels()));
  }

  @Override
  public Tab tab() {
    return new Tab("Sentiment", 10, SentimentService.class, "tab.js");
  }
}
