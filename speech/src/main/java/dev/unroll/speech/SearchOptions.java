package dev.unroll.speech;

import dev.unroll.data.TextSource;
import dev.unroll.generation.language.CharacterModel;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** How texts are searched for. */
final class SearchOptions {
  @Option(
      names = "--beam",
      paramLabel = "N",
      description =
          "Beginnings of texts followed at once; default: 1, which takes the likeliest character at"
              + " each step, or 32 with a language model or a list of words.")
  private Integer beam;

  @Option(
      names = "--language-model",
      paramLabel = "FILE",
      description =
          "A model of characters by charlm, which knows which texts are likely; default: that of"
              + " the training, if it had one.")
  private Path languageModel;

  @Option(
      names = "--language-weight",
      paramLabel = "W",
      description = "How much the language model counts beside the sound; default: 0.5.")
  private Double languageWeight;

  @Option(
      names = "--character-bonus",
      paramLabel = "B",
      description =
          "Added for each character, as the language model takes off for each; default: 0.5.")
  private Double characterBonus;

  @Option(
      names = "--vocabulary",
      paramLabel = "FILE",
      description =
          "Words beside which nothing is heard, a line each; what stands behind a word is skipped,"
              + " as in a pronouncing dictionary.")
  private Path vocabulary;

  /**
   * How to search.
   *
   * @param least texts that are wanted
   * @param language whether there is a language model
   */
  SearchConfig config(int least, boolean language) {
    boolean searches = language || vocabulary != null;
    SearchConfig usual = searches ? SearchConfig.searching() : SearchConfig.greedy();
    return new SearchConfig(
        beam == null ? Math.max(usual.beam(), least) : beam,
        languageWeight == null ? usual.languageWeight() : languageWeight,
        characterBonus == null ? usual.characterBonus() : characterBonus,
        Optional.ofNullable(vocabulary).map(TextSource::of).map(WordList::read));
  }

  /** The language model that was named, or else that of the model. */
  Optional<CharacterModel> language(SpeechModel model) {
    return Optional.ofNullable(languageModel).map(CharacterModel::load).or(model::language);
  }
}
