package dev.unroll.ner;

import dev.unroll.serving.Input;
import dev.unroll.serving.ServedModel;
import dev.unroll.serving.Tab;
import dev.unroll.serving.TaskService;
import dev.unroll.serving.Verb;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** What a server offers of the task. */
public final class NerService implements TaskService {
  @Override
  public String task() {
    return "ner";
  }

  @Override
  public String summary() {
    return "A model of ner train, which finds names in texts.";
  }

  @Override
  public String mainClass() {
    return "dev.unroll.ner.Ner";
  }

  @Override
  public ServedModel load(Path file) {
    NerModel model = NerModel.load(file);
    Verb<String> tag =
        Verb.answering(
            "tag",
            "Find names in texts.",
            Input.text(),
            List.of(),
            "Martha Lindqvist flew from Lisbon to Hamburg.",
            (texts, arguments) -> model.tag(texts).stream().map(Tagging::shown).toList());
    return new ServedModel(List.of(tag), Map.of("types", model.types()));
  }

  @Override
  public Tab tab() {
    return new Tab("Names", 20, NerService.class, "tab.js");
  }
}
