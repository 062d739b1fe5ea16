package dev.unroll.speech;

import dev.unroll.generation.NextSymbol;
import dev.unroll.generation.language.CharacterModel;
import dev.unroll.generation.language.CharacterSymbols;
import dev.unroll.layers.ctc.Ctc;
import dev.unroll.layers.ctc.LabelModel;
import java.util.stream.IntStream;

/**
 * A language model of characters, asked about the characters of a recogniser. A text begins behind
 * a line end, as the lines that the model has read, and ends with one.
 */
final class AlphabetModel implements LabelModel {
  private final NextSymbol model;
  private final int end;

  /** The model's symbol of each label; of {@link Ctc#BLANK} that of the end. */
  private final int[] symbols;

  AlphabetModel(CharacterModel language, Alphabet alphabet) {
    this.model = language.next();
    CharacterSymbols known = language.symbols();
    this.end = known.lineEnd();
    this.symbols = new int[alphabet.classes()];
    symbols[Ctc.BLANK] = end;
    for (int label = 1; label < symbols.length; label++) {
      symbols[label] = known.of(alphabet.character(label));
    }
  }

  @Override
  public float[] begin() {
    model.begin(1);
    return ofLabels(model.read(new int[] {end})[0]);
  }

  @Override
  public float[][] follow(int[] parents, int[] labels, int[] kept) {
    model.branch(IntStream.concat(IntStream.of(parents), IntStream.of(kept)).toArray());
    float[][] read = model.read(IntStream.of(labels).map(label -> symbols[label]).toArray());
    float[][] next = new float[read.length][];
    for (int i = 0; i < next.length; i++) {
      next[i] = ofLabels(read[i]);
    }
    return next;
  }

  private float[] ofLabels(float[] logs) {
    float[] labels = new float[symbols.length];
    for (int label = 0; label < labels.length; label++) {
      labels[label] = logs[symbols[label]];
    }
    return labels;
  }
}
