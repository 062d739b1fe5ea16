package dev.unroll.speech;

import dev.unroll.data.UserError;
import dev.unroll.evaluation.ErrorRate;
import dev.unroll.generation.language.CharacterModel;
import dev.unroll.sound.Sound;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Utterances, and what a model heard in them.
 *
 * @param pairs in the order of the utterances
 * @param errors of all of them
 */
record Recognised(List<Pair> pairs, ErrorRate errors) {
  private static final int AT_ONCE = 64;

  /**
   * One utterance.
   *
   * @param path the recording
   * @param text what is said
   * @param recognised what was heard
   * @param errors words that are wrong
   */
  record Pair(String path, String text, String recognised, int errors) {
    @Override
    public String toString() {
      return "%s (%d wrong)\n  said   %s\n  heard  %s".formatted(path, errors, text, recognised);
    }
  }

  /**
   * Transcribes and compares. The time is counted from samples to texts, without reading files.
   *
   * @throws UserError if a recording cannot be read or has no text
   */
  static Recognised of(
      SpeechModel model,
      List<Utterance> utterances,
      SearchConfig search,
      Optional<CharacterModel> language) {
    List<Pair> pairs = new ArrayList<>();
    ErrorRate errors = new ErrorRate();
    for (int from = 0; from < utterances.size(); from += AT_ONCE) {
      List<Utterance> some = utterances.subList(from, Math.min(utterances.size(), from + AT_ONCE));
      List<Sound> sounds = some.stream().map(one -> one.recording().read()).toList();
      List<String> names = some.stream().map(one -> one.recording().name()).toList();
      long began = System.nanoTime();
      List<List<Transcript>> found = model.transcribe(names, sounds, search, language, 1);
      double needed = (System.nanoTime() - began) / 1e9;
      errors.addTime(sounds.stream().mapToDouble(Sound::seconds).sum(), needed);
      for (int i = 0; i < some.size(); i++) {
        Pair pair = pair(model, some.get(i), found.get(i).get(0));
        errors.add(pair.text(), pair.recognised());
        pairs.add(pair);
      }
    }
    return new Recognised(pairs, errors);
  }

  private static Pair pair(SpeechModel model, Utterance utterance, Transcript heard) {
    if (utterance.text() == null) {
      throw UserError.data(
          utterance.recording().place(), "has no text to compare with; add it or leave it out");
    }
    String said = model.encoder().alphabet().normalised(utterance.text());
    return new Pair(heard.path(), said, heard.text(), ErrorRate.wordErrors(said, heard.text()));
  }

  /** Those with the most wrong words. */
  List<Pair> worst(int count) {
    return pairs.stream()
        .filter(pair -> pair.errors() > 0)
        .sorted(Comparator.comparingInt(Pair::errors).reversed())
        .limit(count)
        .toList();
  }
}
