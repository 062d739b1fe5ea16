package dev.unroll.speech;

import dev.unroll.generation.language.CharacterModel;
import dev.unroll.layers.ctc.BestPath;
import dev.unroll.layers.ctc.CtcLabels;
import dev.unroll.layers.ctc.ForcedAlignment;
import dev.unroll.layers.ctc.LabelRules;
import dev.unroll.layers.ctc.PrefixBeamSearch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Makes a text of what the network says of each step. */
final class TranscriptSearch {
  /** Below this probability at a step a character is not tried. */
  private static final double CUTOFF = 1e-5;

  private final Alphabet alphabet;
  private final SearchConfig config;
  private final Optional<CharacterModel> language;
  private final double stepSeconds;
  private final Optional<LabelRules> rules;

  TranscriptSearch(
      Alphabet alphabet,
      SearchConfig config,
      Optional<CharacterModel> language,
      double stepSeconds) {
    this.alphabet = alphabet;
    this.config = config;
    this.language = language;
    this.stepSeconds = stepSeconds;
    this.rules = config.words().map(words -> words.rules(alphabet));
  }

  /**
   * The best texts that are found, the best first; one if nothing is searched.
   *
   * @param logs natural logarithms of probabilities, {@code [steps][classes]}
   * @param count most of them
   */
  List<Transcript> search(String path, float[][] logs, int count) {
    if (config.beam() == 1 && language.isEmpty() && rules.isEmpty()) {
      return List.of(transcript(path, logs, BestPath.of(logs)));
    }
    return beam().search(logs, count).stream()
        .map(found -> transcript(path, logs, found.labels()))
        .toList();
  }

  private PrefixBeamSearch beam() {
    PrefixBeamSearch search = search();
    return rules.map(search::within).orElse(search);
  }

  private PrefixBeamSearch search() {
    return language
        .map(
            model ->
                new PrefixBeamSearch(
                    config.beam(),
                    CUTOFF,
                    new AlphabetModel(model, alphabet),
                    config.languageWeight(),
                    config.characterBonus()))
        .orElseGet(() -> new PrefixBeamSearch(config.beam(), CUTOFF));
  }

  private Transcript transcript(String path, float[][] logs, int[] labels) {
    double probability = Math.exp(CtcLabels.logProbability(logs, labels));
    ForcedAlignment alignment = ForcedAlignment.of(logs, labels);
    List<Transcript.Word> words = new ArrayList<>();
    int begin = 0;
    for (int i = 0; i <= labels.length; i++) {
      boolean ends = i == labels.length || alphabet.character(labels[i]) == ' ';
      if (ends && i > begin) {
        words.add(
            new Transcript.Word(
                alphabet.text(Arrays.copyOfRange(labels, begin, i)),
                seconds(alignment.first()[begin]),
                seconds(alignment.last()[i - 1] + 1)));
      }
      begin = ends ? i + 1 : begin;
    }
    String text = String.join(" ", words.stream().map(Transcript.Word::word).toList());
    return new Transcript(path, text, Math.min(1, probability), words);
  }

  private double seconds(int step) {
    return Math.round(1000 * step * stepSeconds) / 1000.0;
  }
}
