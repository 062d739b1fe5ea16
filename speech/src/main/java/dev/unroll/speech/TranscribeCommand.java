package dev.unroll.speech;

import dev.unroll.cli.AnswerOptions;
import dev.unroll.cli.Answers;
import dev.unroll.cli.FileOptions;
import dev.unroll.cli.NetworkModelOptions;
import dev.unroll.generation.language.CharacterModel;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Answers a recording with what is said in it. */
@Command(name = "transcribe", description = "Write down what is said in recordings.")
final class TranscribeCommand implements Runnable {
  private static final int MOST_AT_ONCE = 64;

  @Mixin private NetworkModelOptions model;
  @Mixin private SearchOptions search;
  @Mixin private AnswerOptions answer;
  @Mixin private FileOptions files;

  @Option(
      names = "--n-best",
      paramLabel = "N",
      description =
          "Print the N best texts with the logarithms of their probabilities, a line each: the"
              + " recording ||| text ||| probability.")
  private Integer nBest;

  @Override
  public void run() {
    int count = nBest == null ? 1 : Math.max(1, nBest);
    SpeechModel loaded = SpeechModel.load(model.model());
    Optional<CharacterModel> language = search.language(loaded);
    SearchConfig config = search.config(count, language.isPresent());
    Answers answers = answer.answers();
    files.answer(
        RecordingFinder::isWav,
        MOST_AT_ONCE,
        paths ->
            loaded.transcribe(paths.stream().map(Recording::of).toList(), config, language, count),
        found -> print(answers, found),
        answers::flush);
  }

  private void print(Answers answers, List<Transcript> found) {
    Transcript best = found.get(0);
    if (nBest == null) {
      answers.print(best, best.path() + "\t" + best.text());
      return;
    }
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("path", best.path());
    object.put("text", best.text());
    object.put("probability", best.probability());
    object.put("words", best.words());
    object.put("alternatives", found);
    answers.print(
        object,
        found.stream()
            .map(one -> "%s ||| %s ||| %.4f".formatted(one.path(), one.text(), one.probability()))
            .collect(Collectors.joining("\n")));
  }
}
