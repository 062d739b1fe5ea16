package dev.unroll.speech;

import static dev.unroll.data.NetworkConfig.atLeast;
import static dev.unroll.data.UserError.setting;

import dev.unroll.data.UserError;
import java.util.Optional;

/**
 * How texts are searched for.
 *
 * @param beam prefixes that are followed at once; 1 takes the likeliest character at each step
 * @param languageWeight of the language model's logarithms
 * @param characterBonus for each character, against the language model's liking for short texts
 * @param words beside which nothing is found; empty for whatever the characters spell
 */
public record SearchConfig(
    int beam, double languageWeight, double characterBonus, Optional<WordList> words) {
  /** Refuses what searches nothing. */
  public SearchConfig {
    atLeast(setting("beam"), beam, 1);
    if (!(languageWeight >= 0 && languageWeight <= 100)) {
      throw UserError.usage(
          "%s must be from 0 to 100, got %s".formatted(setting("language-weight"), languageWeight));
    }
    if (!(Math.abs(characterBonus) <= 100)) {
      throw UserError.usage(
          "%s must be from -100 to 100, got %s"
              .formatted(setting("character-bonus"), characterBonus));
    }
  }

  /** A search for whatever the characters spell. */
  public SearchConfig(int beam, double languageWeight, double characterBonus) {
    this(beam, languageWeight, characterBonus, Optional.empty());
  }

  /** Without a search, which needs no language model. */
  public static SearchConfig greedy() {
    return new SearchConfig(1, 0, 0);
  }

  /** With a language model, or within a list of words. */
  public static SearchConfig searching() {
    return new SearchConfig(32, 0.5, 0.5);
  }
}
