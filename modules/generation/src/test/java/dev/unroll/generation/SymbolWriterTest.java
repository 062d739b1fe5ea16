package dev.unroll.generation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unroll.data.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** In memory or on the disk, text is the same. */
class SymbolWriterTest {
  private static final int IN_MEMORY = 1500;

  private static Symbols write(int[] text, int symbols, long expected) {
    try (SymbolWriter writer = new SymbolWriter(symbols, expected, IN_MEMORY)) {
      assertThat(writer.last()).isEqualTo(-1);
      for (int symbol : text) {
        writer.add(symbol);
        assertThat(writer.last()).isEqualTo(symbol);
      }
      assertThat(writer.size()).isEqualTo(text.length);
      return writer.finish();
    }
  }

  private static int[] all(Symbols symbols) {
    return symbols.read(0, (int) symbols.size());
  }

  @ParameterizedTest
  @CsvSource({
    "0, 5, 0, false",
    "1, 5, 0, false",
    "1024, 5, 0, false",
    "1500, 5, 0, false",
    "1501, 5, 0, true",
    "1500, 5, 1501, true",
    "0, 5, 1501, true",
    "3000, 65536, 0, true",
    "3001, 65537, 0, true",
    "200000, 65536, 200000, true",
    "200000, 1000000, 9, true"
  })
  void givesBackWhatWasAdded(int size, int symbols, long expected, boolean onTheDisk) {
    int[] text = new Random(size).ints(size, 0, symbols).toArray();
    if (size > 0) {
      text[size - 1] = symbols - 1;
    }
    try (Symbols written = write(text, symbols, expected)) {
      assertThat(written instanceof StoredSymbols).isEqualTo(onTheDisk);
      assertThat(written.size()).isEqualTo(size);
      assertThat(all(written)).isEqualTo(text);
      IntStream.Builder read = IntStream.builder();
      written.iterator().forEachRemaining(read);
      assertThat(read.build().toArray()).isEqualTo(text);
    }
  }

  @Test
  void isReadInParts() {
    int[] text = IntStream.range(0, 2000).toArray();
    for (int inMemory : new int[] {100, 5000}) {
      try (SymbolWriter writer = new SymbolWriter(2000, 0, inMemory)) {
        IntStream.of(text).forEach(writer::add);
        try (Symbols written = writer.finish()) {
          int[] target = {-1, -1, -1, -1, -1};
          written.read(1000, target, 1, 3);
          assertThat(target).containsExactly(-1, 1000, 1001, 1002, -1);
          written.reversed().read(0, target, 2, 2);
          assertThat(target).containsExactly(-1, 1000, 1999, 1998, -1);
          assertThat(written.reversed().read(1999, 1)).containsExactly(0);
          assertThat(all(written.reversed().reversed())).isEqualTo(text);
          assertThat(written.read(2000, 0)).isEmpty();
        }
      }
    }
  }

  @Test
  void aDiskThatIsTooSmallIsNoticedBeforehand() throws IOException {
    long before = left();
    assertThatThrownBy(() -> new SymbolWriter(100, 1L << 60))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("of 2,305,843,009,213,693,952 that are needed");
    assertThat(left()).isEqualTo(before);
  }

  @Test
  void nothingIsLeftBehind() throws IOException {
    long before = left();
    write(new int[2000], 3, 0).close();
    try (SymbolWriter writer = new SymbolWriter(3, 0, 1)) {
      LongStream.range(0, 5000).forEach(i -> writer.add(1));
    }
    assertThat(left()).isEqualTo(before);
  }

  private static long left() throws IOException {
    try (var files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
      return files.filter(f -> f.getFileName().toString().startsWith("unroll-symbols")).count();
    }
  }
}
