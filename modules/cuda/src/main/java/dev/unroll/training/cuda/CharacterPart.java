package dev.unroll.training.cuda;

import dev.unroll.layers.Occurrences;
import dev.unroll.layers.characters.CharacterConvolution;
import dev.unroll.layers.characters.Spellings;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;

/**
 * A convolution over the characters of each word, computed once for each different word of a batch.
 *
 * <p>It is linear up to its largest response, and the characters are few: what the filters make of
 * each character at each place of the window is one product of matrices, a table, and a response is
 * a sum of its entries.
 *
 * <pre>
 *   table      [alphabet, window, filters]     C [alphabet, dimensions] · W [dimensions, window x filters]
 *   words      [words, filters]                the largest sums, and tanh
 *   output     [time, batch, filters]          gathered from words
 * </pre>
 */
final class CharacterPart implements Part.OfInput {
  private final Context context;
  private final String input;
  private final int alphabet;
  private final int dimensions;
  private final int window;
  private final int filters;

  private final ParameterSpace.Block vectors;

  /**
   * {@code [dimensions, window, filters]}, where the network has {@code [window, dimensions, …]}.
   */
  private final ParameterSpace.Block weights;

  private final ParameterSpace.Block bias;

  private Lengths lengths;

  /** The word at each position of the batch, and the positions of each word. */
  private Parcel.Item wordAt;

  private Parcel.Item wordStarts;
  private Parcel.Item wordPositions;

  /** The characters of all different words, and where each word's begin. */
  private Parcel.Item characters;

  private Parcel.Item starts;
  private int wordCount;
  private int characterCount;

  /** For each entry of the table the characters whose responses it is a part of. */
  private Parcel.Item entryStarts;

  private Parcel.Item entryPositions;

  private long words;
  private long largest;

  /**
   * A layer.
   *
   * @param input the name of the input of the network that it reads
   * @param parameters by name
   */
  CharacterPart(
      Context context,
      ParameterSpace space,
      CharacterConvolution layer,
      String input,
      Function<String, ParameterSpace.Trained> parameters) {
    this.context = context;
    this.input = input;
    alphabet = Math.toIntExact(layer.getNIn());
    dimensions = layer.dimensions();
    window = layer.window();
    filters = Math.toIntExact(layer.getNOut());
    long floats = (long) alphabet * dimensions;
    vectors = space.block(floats);
    vectors.holds(parameters.apply("C"), 0, 0, floats);
    weights = space.block((long) dimensions * window * filters);
    for (int place = 0; place < window; place++) {
      for (int d = 0; d < dimensions; d++) {
        long there = (long) place * dimensions + d;
        long here = (long) d * window + place;
        weights.holds(parameters.apply("W"), there * filters, here * filters, filters);
      }
    }
    bias = space.block(filters);
    bias.holds(parameters.apply("b"), 0, 0, filters);
  }

  @Override
  public boolean prepare(DeviceBatch data, List<Lengths> below) {
    lengths = data.lengths(input).orElse(null);
    if (lengths == null) {
      return false;
    }
    Spellings spellings = Spellings.read(data.features(input), data.featureMask(input), alphabet);
    int[] at = new int[spellings.positions()];
    for (int position = 0; position < at.length; position++) {
      at[position] = spellings.wordAt(position) == Spellings.NONE ? -1 : spellings.wordAt(position);
    }
    wordAt = context.parcel.add(at);
    // Each word is somewhere, so the rows that occur are all.
    Occurrences occurrences = Occurrences.of(at);
    wordStarts = context.parcel.add(occurrences.starts());
    wordPositions = context.parcel.add(occurrences.positions());
    wordCount = spellings.count();
    addCharacters(spellings);
    return true;
  }

  private void addCharacters(Spellings spellings) {
    int[] begins = new int[wordCount + 1];
    for (int word = 0; word < wordCount; word++) {
      begins[word + 1] = begins[word] + spellings.word(word).length;
    }
    characterCount = begins[wordCount];
    int[] all = new int[characterCount];
    for (int word = 0; word < wordCount; word++) {
      int[] some = spellings.word(word);
      System.arraycopy(some, 0, all, begins[word], some.length);
    }
    characters = context.parcel.add(all);
    starts = context.parcel.add(begins);
    addEntries(all, begins);
  }

  /** Sorts the places of all windows by the entry of the table that stands there. */
  private void addEntries(int[] all, int[] begins) {
    int[] ends = new int[alphabet * window + 1];
    forEachPlace(all, begins, (entry, centre) -> ends[entry + 1]++);
    for (int entry = 0; entry < alphabet * window; entry++) {
      ends[entry + 1] += ends[entry];
    }
    entryStarts = context.parcel.add(ends.clone());
    int[] centres = new int[ends[alphabet * window]];
    forEachPlace(all, begins, (entry, centre) -> centres[ends[entry]++] = centre);
    entryPositions = context.parcel.add(centres);
  }

  private interface Place {
    void see(int entry, int centre);
  }

  private void forEachPlace(int[] all, int[] begins, Place seen) {
    for (int word = 0; word < wordCount; word++) {
      for (int centre = begins[word]; centre < begins[word + 1]; centre++) {
        int first = centre - (window - 1) / 2;
        for (int place = 0; place < window; place++) {
          int at = first + place;
          if (at >= begins[word] && at < begins[word + 1]) {
            seen.see(all[at] * window + place, centre);
          }
        }
      }
    }
  }

  @Override
  public Lengths lengths(List<Lengths> below) {
    return lengths;
  }

  private long room(int rows, int columns) {
    return context.arena.take((long) rows * columns * Float.BYTES);
  }

  @Override
  public Tensor forward(List<Tensor> below) {
    long table = room(alphabet, window * filters);
    context.gpu.multiply(
        vectors.values(),
        false,
        weights.values(),
        false,
        table,
        alphabet,
        window * filters,
        dimensions);
    words = room(wordCount, filters);
    largest = room(wordCount, filters);
    context.operations.convolveWords(
        table,
        characters.address(),
        starts.address(),
        bias.values(),
        words,
        largest,
        wordCount,
        filters,
        window);
    Tensor out =
        context.arena.take(
            new Tensor(0, lengths.steps(), lengths.batch(), filters, lengths), filters);
    context.operations.gather(words, wordAt.address(), out.address(), out.rows(), filters);
    return out;
  }

  @Override
  public List<Tensor> backward(Tensor outer) {
    if (characterCount > 0) {
      long dWords = room(wordCount, filters);
      context.operations.sumRows(
          outer.address(),
          wordStarts.address(),
          wordPositions.address(),
          dWords,
          wordCount,
          filters);
      long dResponses = room(characterCount, filters);
      context.operations.convolveWordsBack(
          words, dWords, largest, starts.address(), dResponses, wordCount, filters);
      gradient(dResponses);
    }
    return Collections.singletonList(null);
  }

  private void gradient(long dResponses) {
    int columns = window * filters;
    long dTable = room(alphabet, columns);
    context.operations.sumRows(
        dResponses,
        entryStarts.address(),
        entryPositions.address(),
        dTable,
        alphabet * window,
        filters);
    Gpu gpu = context.gpu;
    gpu.multiply(
        dTable, false, weights.values(), true, vectors.gradient(), alphabet, dimensions, columns);
    gpu.multiply(
        vectors.values(), true, dTable, false, weights.gradient(), dimensions, columns, alphabet);
    long ones = context.ones(characterCount);
    gpu.multiply(ones, false, dResponses, false, bias.gradient(), 1, filters, characterCount);
  }
}
