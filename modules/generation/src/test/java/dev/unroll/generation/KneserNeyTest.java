package dev.unroll.generation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KneserNeyTest {
  /** The definition, word for word, with a scan of all n-grams wherever it counts. */
  private record ByDefinition(int[] text, int order, int symbols) {
    List<List<Integer>> grams(int n) {
      List<List<Integer>> grams = new ArrayList<>();
      for (int i = 1; i < text.length; i++) {
        List<Integer> gram = new ArrayList<>();
        for (int j = i - n + 1; j <= i; j++) {
          gram.add(text[Math.max(0, j)]);
        }
        grams.add(gram);
      }
      return grams;
    }

    Map<List<Integer>, Integer> counts(int n) {
      Map<List<Integer>, Integer> counts = new HashMap<>();
      if (n == order) {
        grams(n).forEach(gram -> counts.merge(gram, 1, Integer::sum));
      } else {
        Set<List<Integer>> longer = new HashSet<>(grams(n + 1));
        longer.forEach(gram -> counts.merge(gram.subList(1, n + 1), 1, Integer::sum));
      }
      return counts;
    }

    double probability(List<Integer> history, int symbol) {
      int n = history.size() + 1;
      double lower =
          n == 1 ? 1.0 / symbols : probability(history.subList(1, history.size()), symbol);
      Map<List<Integer>, Integer> counts = counts(n);
      long once = counts.values().stream().filter(c -> c == 1).count();
      long twice = counts.values().stream().filter(c -> c == 2).count();
      double discount = once == 0 || twice == 0 ? 0.5 : once / (once + 2.0 * twice);
      double total = 0;
      double types = 0;
      for (var entry : counts.entrySet()) {
        if (entry.getKey().subList(0, n - 1).equals(history)) {
          total += entry.getValue();
          types++;
        }
      }
      if (total == 0) {
        return lower;
      }
      List<Integer> gram = new ArrayList<>(history);
      gram.add(symbol);
      double count = counts.getOrDefault(gram, 0);
      return Math.max(count - discount, 0) / total + discount * types / total * lower;
    }
  }

  private static int[] text(long seed, int length, int symbols) {
    Random random = new Random(seed);
    int[] text = new int[length];
    text[0] = symbols - 1;
    for (int i = 1; i < length; i++) {
      // Mostly the successor of the one before, so that long contexts repeat.
      text[i] = random.nextInt(4) > 0 ? (text[i - 1] + 1) % (symbols - 1) : random.nextInt(symbols);
    }
    return text;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 5})
  void equalsTheDefinition(int order) {
    int symbols = 5;
    int[] train = text(1, 60, symbols);
    KneserNey model = KneserNey.fit(Symbols.of(train), order, symbols);
    ByDefinition expected = new ByDefinition(train, order, symbols);
    int[] other = text(2, 25, symbols);
    for (int i = 1; i < other.length; i++) {
      List<Integer> history = new ArrayList<>();
      for (int j = i - order + 1; j < i; j++) {
        history.add(other[Math.max(0, j)]);
      }
      assertThat(model.probability(other, i))
          .as("symbol %d", i)
          .isCloseTo(expected.probability(history, other[i]), within(1e-12));
    }
  }

  @Test
  void probabilitiesOfAllSymbolsSumToOne() {
    int symbols = 6;
    KneserNey model = KneserNey.fit(Symbols.of(text(3, 500, symbols)), 5, symbols);
    int[] other = text(4, 30, symbols);
    for (int i = 1; i < other.length; i++) {
      double sum = 0;
      int symbol = other[i];
      for (int next = 0; next < symbols; next++) {
        other[i] = next;
        sum += model.probability(other, i);
      }
      other[i] = symbol;
      assertThat(sum).isCloseTo(1, within(1e-12));
    }
  }

  @Test
  void learnsFromLongerContexts() {
    Symbols train = Symbols.of(text(5, 5000, 8));
    Symbols test = Symbols.of(text(6, 1000, 8));
    double unigram = KneserNey.fit(train, 1, 8).logProbability(test, symbol -> true);
    double bigram = KneserNey.fit(train, 2, 8).logProbability(test, symbol -> true);
    assertThat(bigram).isGreaterThan(unigram + 500);
  }

  @Test
  void theProbabilityOfATextIsThatOfItsSymbols() {
    KneserNey model = KneserNey.fit(Symbols.of(text(10, 300, 5)), 4, 5);
    int[] other = text(11, 40, 5);
    double sum = 0;
    for (int i = 1; i < other.length; i++) {
      sum += Math.log(model.probability(other, i));
    }
    assertThat(model.logProbability(Symbols.of(other), symbol -> true))
        .isCloseTo(sum, within(1e-9));
  }

  /** One that counted the beginning is the model of the beginning. */
  @Test
  void countsNoMoreThanCanBeHeld() {
    int[] train = text(12, 3000, 30);
    KneserNey whole = KneserNey.fit(Symbols.of(train), 5, 30);
    assertThat(whole.counted()).isEqualTo(2999);
    KneserNey bounded = KneserNey.fit(Symbols.of(train), 5, 30, 1000);
    assertThat(bounded.counted()).isBetween(1L, 1000L);
    int[] beginning = Arrays.copyOf(train, (int) bounded.counted() + 1);
    KneserNey expected = KneserNey.fit(Symbols.of(beginning), 5, 30);
    Symbols test = Symbols.of(text(13, 500, 30));
    assertThat(bounded.logProbability(test, symbol -> true))
        .isEqualTo(expected.logProbability(test, symbol -> true));
  }

  @Test
  void countsOnlyWhatItIsToldTo() {
    Symbols train = Symbols.of(text(7, 300, 5));
    KneserNey model = KneserNey.fit(train, 3, 5);
    double all = model.logProbability(train, symbol -> true);
    double threes = model.logProbability(train, symbol -> symbol == 3);
    double others = model.logProbability(train, symbol -> symbol != 3);
    assertThat(threes).isNegative();
    assertThat(threes + others).isCloseTo(all, within(1e-9));
  }

  @Test
  void isTheSameAfterWritingAndReading() throws IOException {
    Symbols train = Symbols.of(text(8, 3000, 30));
    KneserNey model = KneserNey.fit(train, 5, 30);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    model.write(new DataOutputStream(bytes));
    KneserNey read =
        KneserNey.read(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
    Symbols test = Symbols.of(text(9, 500, 30));
    assertThat(read.order()).isEqualTo(5);
    assertThat(read.counted()).isEqualTo(2999);
    assertThat(read.logProbability(test, symbol -> true))
        .isEqualTo(model.logProbability(test, symbol -> true));
  }

  @Test
  void readsNothingElse() {
    byte[] nonsense = new byte[64];
    Arrays.fill(nonsense, (byte) 1);
    assertThatThrownBy(
            () -> KneserNey.read(new DataInputStream(new ByteArrayInputStream(nonsense))))
        .isInstanceOf(IOException.class);
  }

  @Test
  void saysSomethingAboutAnythingEvenAfterOneSymbol() {
    KneserNey model = KneserNey.fit(Symbols.of(2, 0), 5, 3);
    int[] text = {2, 1, 1, 0};
    for (int i = 1; i < text.length; i++) {
      assertThat(model.probability(text, i)).isBetween(1e-6, 1.0);
    }
  }
}
