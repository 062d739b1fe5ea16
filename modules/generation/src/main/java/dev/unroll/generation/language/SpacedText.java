package dev.unroll.generation.language;

import java.util.List;
import java.util.stream.IntStream;

/**
 * A sentence as a model of characters reads it: after a line end, with a space behind every word,
 * in the direction of the model.
 *
 * <pre>
 *   forward   ⏎ M e t _ B o _      the state after a space is that of the word before it
 *   reverse   ⏎ o B _ t e M _
 * </pre>
 *
 * <p>This is Flair's choice: the model has read the word, and that it ends there.
 *
 * @param symbols of which every one is read
 * @param places for each word of the sentence, the step whose state is its own
 */
record SpacedText(int[] symbols, int[] places) {
  static SpacedText of(List<String> words, CharacterSymbols symbols, boolean reverse) {
    IntStream.Builder text = IntStream.builder();
    text.add(symbols.lineEnd());
    int read = 1;
    int[] places = new int[words.size()];
    for (int i = 0; i < places.length; i++) {
      int word = reverse ? places.length - 1 - i : i;
      int[] codePoints = words.get(word).codePoints().toArray();
      for (int k = 0; k < codePoints.length; k++) {
        text.add(symbols.of(codePoints[reverse ? codePoints.length - 1 - k : k]));
      }
      text.add(symbols.of(' '));
      read += codePoints.length + 1;
      places[word] = read - 1;
    }
    return new SpacedText(text.build().toArray(), places);
  }

  int length() {
    return symbols.length;
  }
}
