package dev.unroll.charlm;

import dev.unroll.generation.SamplingConfig;
import dev.unroll.serving.Arguments;
import dev.unroll.serving.Input;
import dev.unroll.serving.Parameter;
import dev.unroll.serving.SamplingParameters;
import dev.unroll.serving.ServedModel;
import dev.unroll.serving.Tab;
import dev.unroll.serving.TaskService;
import dev.unroll.serving.Verb;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** What a server offers of the task. */
public final class CharLmService implements TaskService {
  private static final int LONGEST = 5_000;
  private static final int LONGEST_STOP = 100;
  private static final int MOST_ALTERNATIVES = 20;
  private static final String LENGTH = "length";
  private static final String LINES = "lines";
  private static final String STOP = "stop";
  private static final String SEED = "seed";
  private static final String ALTERNATIVES = "alternatives";

  @Override
  public String task() {
    return "charlm";
  }

  @Override
  public String summary() {
    return "A model of charlm train, which writes and scores texts.";
  }

  @Override
  public String mainClass() {
    return "dev.unroll.charlm.CharLm";
  }

  @Override
  public ServedModel load(Path file) {
    CharLmModel model = CharLmModel.load(file);
    Verb<String> score =
        Verb.answering(
            "score",
            "Say how probable texts are.",
            Input.text(),
            List.of(),
            "The lamp was lit.",
            (texts, arguments) -> model.score(texts));
    List<Verb<?>> verbs = new ArrayList<>(List.of(score));
    if (!model.config().reverse()) { // which reads from the end, and cannot go on
      verbs.add(sample(model));
    }
    return new ServedModel(
        verbs,
        Map.of(
            "level", model.config().level().units(),
            "network", model.description(),
            "longest", LONGEST));
  }

  private static Verb<String> sample(CharLmModel model) {
    return Verb.writing(
        "sample",
        "Write a text, going on from a beginning, which may be empty.",
        Input.string("prime", "primes"),
        parameters(),
        "",
        (prime, arguments, piece) -> write(model, prime, arguments, piece));
  }

  private static List<Parameter> parameters() {
    List<Parameter> parameters =
        new ArrayList<>(
            List.of(
                Parameter.integer(LENGTH, 400, 0, LONGEST, "Most characters (or words) to add."),
                Parameter.integer(LINES, 0, 0, LONGEST, "Most lines to add; 0 for no limit."),
                Parameter.string(
                    STOP, LONGEST_STOP, "End before the first occurrence of this text."),
                Parameter.integer(
                    SEED, 1, 0, Integer.MAX_VALUE, "Same seed, same model: same text."),
                Parameter.integer(
                    ALTERNATIVES,
                    0,
                    0,
                    MOST_ALTERNATIVES,
                    "How many alternatives to tell with each piece; without 'stop' only.")));
    parameters.addAll(SamplingParameters.all());
    return parameters;
  }

  private static Map<String, Object> write(
      CharLmModel model, String prime, Arguments given, Consumer<Object> out) {
    SampleRequest request =
        new SampleRequest(
            prime,
            given.integer(LENGTH),
            given.integer(LINES),
            given.string(STOP),
            0,
            new SamplingConfig(
                given.number(SamplingParameters.TEMPERATURE),
                given.integer(SamplingParameters.TOP_K),
                given.number(SamplingParameters.TOP_P)),
            given.integer(SEED));
    StringBuilder text = new StringBuilder();
    model.sample(
        request,
        given.integer(ALTERNATIVES),
        piece -> {
          text.append(piece.text());
          out.accept(piece);
        });
    return Map.of("text", text.toString());
  }

  @Override
  public Tab tab() {
    return new Tab("Language model", 30, CharLmService.class, "tab.js");
  }
}
