package dev.unroll.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Field;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class WordHashTest {
  /** The polynomial in exact arithmetic. */
  @Test
  void isThePolynomialModuloThePrime() throws ReflectiveOperationException {
    WordHash hash = new WordHash();
    Field field = WordHash.class.getDeclaredField("place");
    field.setAccessible(true);
    BigInteger place = BigInteger.valueOf(field.getLong(hash));
    BigInteger prime = BigInteger.TWO.pow(61).subtract(BigInteger.ONE);
    Random random = new Random(1);
    for (int round = 0; round < 1000; round++) {
      byte[] word = new byte[random.nextInt(40)];
      random.nextBytes(word);
      BigInteger expected = BigInteger.ZERO;
      for (byte b : word) {
        expected = expected.add(BigInteger.valueOf((b & 0xff) + 1)).multiply(place).mod(prime);
      }
      assertThat(BigInteger.valueOf(hash.of(word)).mod(prime)).isEqualTo(expected);
    }
  }

  @Test
  void differsFromObjectToObjectAndFillsATableEvenly() {
    byte[] word = "word".getBytes(StandardCharsets.UTF_8);
    assertThat(new WordHash().of(word)).isNotEqualTo(new WordHash().of(word));
    // Of n balls in n boxes, a share of 1/e of the boxes stays empty: 2,589 are taken, with a
    // deviation of 20.
    for (int round = 0; round < 200; round++) {
      WordHash hash = new WordHash();
      Set<Integer> slots = new HashSet<>();
      for (int i = 0; i < 1 << 12; i++) {
        byte[] number = String.valueOf(i).getBytes(StandardCharsets.UTF_8);
        slots.add(WordHash.slot(hash.of(number), 1 << 12));
      }
      assertThat(slots.size()).isBetween(2400, 2800);
    }
  }
}
