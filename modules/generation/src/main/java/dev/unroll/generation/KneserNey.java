package dev.unroll.generation;

import dev.unroll.data.ModelFile;
import dev.unroll.data.ModelFileWriter;
import java.io.DataInput;
import java.io.DataInputStream;
import java.io.DataOutput;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import java.util.PrimitiveIterator;
import java.util.function.IntPredicate;

/**
 * An n-gram model with interpolated Kneser-Ney smoothing (Kneser and Ney 1995; Chen and Goodman
 * 1999, section 2.7): what a network has to beat. With {@code h} the last {@code n - 1} symbols and
 * {@code h'} all of them but the first,
 *
 * <pre>
 *   p_n(w | h) = max(c(hw) - D_n, 0) / c(h·)  +  D_n N1+(h·) / c(h·) · p_{n-1}(w | h')
 *   p_0(w)     = 1 / symbols
 * </pre>
 *
 * <p>where at the highest order {@code c} counts occurrences, and below it the different symbols
 * that were seen before {@code hw}; {@code N1+(h·)} is the number of different symbols seen after
 * {@code h}. {@code D_n = n1 / (n1 + 2 n2)}, with the number of n-grams of count 1 and 2 (Ney,
 * Essen and Kneser 1994); 1/2 where a text is too short to tell.
 *
 * <p>The text is read as one, after endless repetitions of its first symbol. Immutable.
 */
public final class KneserNey {
  /** The longest n-grams: those of a text are mostly unique long before. */
  public static final int LARGEST_ORDER = 100;

  private static final String ENTRY = "baseline.bin";

  /** A trie beyond this size, some 600 MB, is not made larger. */
  private static final int MOST_NODES = 1 << 24;

  private static final double UNKNOWN_DISCOUNT = 0.5;

  private final int order;
  private final int symbols;
  private final NgramTrie trie;
  private final int[] depths;
  private final long[] totals;
  private final int[] types;
  private final double[] discounts;
  private final long counted;

  /** A model of what {@code trie} holds: counts at depth {@code order}, and zero elsewhere. */
  private KneserNey(int order, int symbols, NgramTrie trie) {
    this.order = order;
    this.symbols = symbols;
    this.trie = trie;
    countContinuations();
    this.depths = depths(trie);
    this.totals = new long[trie.size()];
    this.types = new int[trie.size()];
    this.discounts = new double[order + 1];
    this.counted = summarize();
  }

  /**
   * Counts {@code text}, of which the first symbol is only read and all others are predicted; or
   * its beginning, where its n-grams are too many to be held. How long that is, {@link #counted}
   * says.
   *
   * @param text at least one symbol
   * @param order from 1 to {@link #LARGEST_ORDER}
   * @param symbols their number; all are from 0 to below it
   */
  public static KneserNey fit(Symbols text, int order, int symbols) {
    return fit(text, order, symbols, MOST_NODES);
  }

  static KneserNey fit(Symbols text, int order, int symbols, int mostNodes) {
    NgramTrie trie = new NgramTrie();
    PrimitiveIterator.OfInt next = text.iterator();
    int[] last = repeated(next.nextInt(), order);
    while (next.hasNext() && trie.size() < mostNodes) {
      append(next.nextInt(), last);
      int node = NgramTrie.ROOT;
      for (int symbol : last) {
        node = trie.childOrNew(node, symbol);
      }
      trie.add(node, 1);
    }
    return new KneserNey(order, symbols, trie);
  }

  private static int[] repeated(int symbol, int times) {
    int[] symbols = new int[times];
    Arrays.fill(symbols, symbol);
    return symbols;
  }

  private static void append(int symbol, int[] last) {
    System.arraycopy(last, 1, last, 0, last.length - 1);
    last[last.length - 1] = symbol;
  }

  private void countContinuations() {
    for (int n = order; n > 1; n--) {
      int before = trie.size();
      int[] depth = depths(trie);
      for (int node = 1; node < before; node++) {
        if (depth[node] == n && trie.count(node) > 0) {
          trie.add(suffix(node), 1);
        }
      }
    }
  }

  /** The node of the same symbols without the first. */
  private int suffix(int node) {
    int parent = trie.parent(node);
    return parent == NgramTrie.ROOT
        ? NgramTrie.ROOT
        : trie.childOrNew(suffix(parent), trie.symbol(node));
  }

  private static int[] depths(NgramTrie trie) {
    int[] depths = new int[trie.size()];
    for (int node = 1; node < depths.length; node++) {
      depths[node] = depths[trie.parent(node)] + 1; // a parent is made before its children
    }
    return depths;
  }

  /** The sum of the counts at depth {@code order}: of each symbol there is one n-gram. */
  private long summarize() {
    long sum = 0;
    long[] once = new long[order + 1];
    long[] twice = new long[order + 1];
    for (int node = 1; node < depths.length; node++) {
      int count = trie.count(node);
      if (count > 0) {
        totals[trie.parent(node)] += count;
        types[trie.parent(node)]++;
        sum += depths[node] == order ? count : 0;
        once[depths[node]] += count == 1 ? 1 : 0;
        twice[depths[node]] += count == 2 ? 1 : 0;
      }
    }
    for (int n = 1; n <= order; n++) {
      discounts[n] =
          once[n] == 0 || twice[n] == 0
              ? UNKNOWN_DISCOUNT
              : (double) once[n] / (once[n] + 2 * twice[n]);
    }
    return sum;
  }

  /** The longest n-grams that are counted, in symbols. */
  public int order() {
    return order;
  }

  /** How many symbols were predicted in what was counted. */
  public long counted() {
    return counted;
  }

  /**
   * The sum of the natural logarithms of the probabilities of the symbols from 1 on.
   *
   * @param counts which symbols count when they are predicted
   */
  public double logProbability(Symbols text, IntPredicate counts) {
    double sum = 0;
    PrimitiveIterator.OfInt next = text.iterator();
    int[] last = repeated(next.nextInt(), order);
    while (next.hasNext()) {
      append(next.nextInt(), last);
      if (counts.test(last[order - 1])) {
        sum += Math.log(probability(last, order - 1));
      }
    }
    return sum;
  }

  /** The probability of symbol {@code i} of {@code text} after those before it. */
  public double probability(int[] text, int i) {
    double p = 1.0 / symbols;
    for (int n = 1; n <= order; n++) {
      int context = context(text, i, n - 1);
      if (context == NgramTrie.NONE || totals[context] == 0) {
        break; // a longer context has not been seen either
      }
      int node = trie.child(context, text[i]);
      int count = node == NgramTrie.NONE ? 0 : trie.count(node);
      double total = totals[context];
      p = Math.max(count - discounts[n], 0) / total + discounts[n] * types[context] / total * p;
    }
    return p;
  }

  private int context(int[] text, int i, int length) {
    int node = NgramTrie.ROOT;
    for (int j = i - length; j < i && node != NgramTrie.NONE; j++) {
      node = trie.child(node, text[Math.max(j, 0)]);
    }
    return node;
  }

  /** Writes the counts for {@link #read}; the rest follows from them. */
  public void write(DataOutput out) throws IOException {
    out.writeInt(order);
    out.writeInt(symbols);
    out.writeInt(trie.size());
    for (int node = 1; node < trie.size(); node++) {
      out.writeInt(trie.parent(node));
      out.writeInt(trie.symbol(node));
      out.writeInt(depths[node] == order ? trie.count(node) : 0);
    }
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @throws IOException if it is something else
   */
  public static KneserNey read(DataInput in) throws IOException {
    int order = in.readInt();
    int symbols = in.readInt();
    int size = in.readInt();
    if (order < 1 || order > LARGEST_ORDER || symbols < 1) {
      throw new IOException("n-grams of order " + order + " of " + symbols + " symbols");
    }
    NgramTrie trie = new NgramTrie();
    for (int node = 1; node < size; node++) {
      int parent = in.readInt();
      if (parent < 0 || parent >= node) {
        throw new IOException("an n-gram follows " + parent + ", which was not read yet");
      }
      trie.add(trie.childOrNew(parent, in.readInt()), in.readInt());
    }
    if (Arrays.stream(depths(trie)).max().orElse(0) > order) {
      throw new IOException("an n-gram is longer than the order " + order);
    }
    return new KneserNey(order, symbols, trie);
  }

  /** Adds the counts to the file of the model that they are compared with. */
  public void save(ModelFileWriter file) {
    file.binary(
        ENTRY,
        out -> {
          DataOutputStream data = new DataOutputStream(out);
          write(data);
          data.flush();
        });
  }

  /**
   * Reads what {@link #save} added; nothing for order 0.
   *
   * @throws IOException if it is something else
   * @throws dev.unroll.data.UserError if it is of another order, or of other symbols
   */
  public static Optional<KneserNey> load(ModelFile file, int order, int symbols)
      throws IOException {
    if (order == 0) {
      return Optional.empty();
    }
    KneserNey ngrams;
    try (DataInputStream in = new DataInputStream(file.open(ENTRY))) {
      ngrams = read(in);
    }
    if (ngrams.order != order || ngrams.symbols != symbols) {
      throw file.damaged("'" + ENTRY + "' is of another order, or of other symbols");
    }
    return Optional.of(ngrams);
  }
}
