package dev.unroll.translation;

import dev.unroll.serving.Arguments;
import dev.unroll.serving.Input;
import dev.unroll.serving.Parameter;
import dev.unroll.serving.ServedModel;
import dev.unroll.serving.Tab;
import dev.unroll.serving.TaskService;
import dev.unroll.serving.Verb;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** What a server offers of the task. */
public final class TranslationService implements TaskService {
  private static final int MOST_BEAM = 32;
  private static final String BEAM = "beam";
  private static final String N_BEST = "nBest";
  private static final String LENGTH_PENALTY = "lengthPenalty";
  private static final String ALIGNMENTS = "alignments";

  @Override
  public String task() {
    return "translation";
  }

  @Override
  public String summary() {
    return "A model of translation train.";
  }

  @Override
  public String mainClass() {
    return "dev.unroll.translation.Translation";
  }

  @Override
  public ServedModel load(Path file) {
    TranslationModel model = TranslationModel.load(file);
    SearchConfig usual = SearchConfig.defaults();
    Verb<String> translate =
        Verb.answering(
            "translate",
            "Translate texts.",
            Input.text(),
            List.of(
                Parameter.integer(
                    BEAM,
                    usual.beam(),
                    1,
                    MOST_BEAM,
                    "Unfinished translations followed at once; 1 is greedy."),
                Parameter.integer(N_BEST, 1, 1, MOST_BEAM, "How many translations to answer with."),
                Parameter.number(
                    LENGTH_PENALTY,
                    usual.lengthPenalty(),
                    0,
                    10,
                    "0 prefers short translations, 1 compares by symbol."),
                Parameter.flag(ALIGNMENTS, "Say what the decoder looked at.")),
            "Hello!",
            (texts, arguments) ->
                model.translate(texts, search(arguments)).stream().map(Translated::shown).toList());
    boolean attention = model.config().attention() != TranslationConfig.Attention.NONE;
    return new ServedModel(List.of(translate), Map.of("attention", attention));
  }

  private static SearchConfig search(Arguments given) {
    int nBest = given.integer(N_BEST);
    return new SearchConfig(
        Math.max(given.integer(BEAM), nBest),
        given.number(LENGTH_PENALTY),
        SearchConfig.defaults().coveragePenalty(),
        nBest,
        given.flag(ALIGNMENTS),
        SearchConfig.defaults().maxLength());
  }

  @Override
  public Tab tab() {
    return new Tab("Translation", 50, TranslationService.class, "tab.js");
  }
}
