package dev.unroll.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShortenTest {
  @ParameterizedTest
  @CsvSource({
    "3, abc, abc",
    "3, abcd, abc…",
    "2, 😀😁😂, 😀😁…",
    "3, 😀😁😂, 😀😁😂",
    "9, 'a \t\n b', a b",
    "0, a, …"
  })
  void countsCharactersAndNeverHalvesOne(int most, String text, String expected) {
    assertThat(Shorten.to(most, text)).isEqualTo(expected);
  }
}
