package dev.unroll.generation.language;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unroll.data.UserError;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StackedStatesTest {
  private static final List<List<String>> SENTENCES =
      List.of(List.of("Bo", "a"), List.of(), List.of("b", "oo", "B"), List.of("a"));

  @TempDir Path folder;
  private CharacterStates forward;
  private CharacterStates reverse;
  private StackedStates both;

  @BeforeEach
  void load() {
    forward =
        CharacterStates.load(
            TinyModel.of("lstm", false, "document").write(folder.resolve("f.zip")));
    reverse =
        CharacterStates.load(TinyModel.of("gru", true, "document").write(folder.resolve("r.zip")));
    both = new StackedStates(List.of(forward, reverse));
  }

  private static float[] copy(WordStates states, int word) {
    float[] to = new float[14];
    states.copy(word, to, 1);
    return to;
  }

  @Test
  void standOneBehindTheOther() {
    List<WordStates> states = both.of(SENTENCES);
    float[][][] first = forward.of(SENTENCES);
    float[][][] second = reverse.of(SENTENCES);
    assertThat(both.width()).isEqualTo(12);
    assertThat(states).hasSize(4);
    for (int i = 0; i < SENTENCES.size(); i++) {
      for (int word = 0; word < SENTENCES.get(i).size(); word++) {
        float[] expected = new float[14];
        System.arraycopy(first[i][word], 0, expected, 1, 6);
        System.arraycopy(second[i][word], 0, expected, 7, 6);
        assertThat(copy(states.get(i), word)).isEqualTo(expected);
      }
    }
  }

  @Test
  void storedTheyAreTheSame() {
    List<WordStates> states = both.of(SENTENCES);
    try (StoredStates stored = both.store(SENTENCES, () -> {})) {
      for (int i = 0; i < SENTENCES.size(); i++) {
        for (int word = 0; word < SENTENCES.get(i).size(); word++) {
          assertThat(copy(stored.of(i), word)).isEqualTo(copy(states.get(i), word));
        }
      }
    }
    assertThat(new StackedStates(List.of()).width()).isZero();
  }

  /** However many stretches the file is mapped in: here two words of two values in each. */
  @Test
  void aLargeFileIsMappedInStretches() {
    List<List<String>> sentences = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      sentences.add(SENTENCES.get(i % 4));
    }
    try (StoredStates stored = new StoredStates(sentences, 2, 17)) {
      for (int i = 0; i < 50; i++) {
        for (int word = 0; word < sentences.get(i).size(); word++) {
          stored.put(i, word, 1, new float[] {-i});
          stored.put(i, word, 0, new float[] {100 * i + word});
        }
      }
      stored.finish();
      for (int i = 0; i < 50; i++) {
        for (int word = 0; word < sentences.get(i).size(); word++) {
          float[] to = new float[2];
          stored.of(i).copy(word, to, 0);
          assertThat(to).containsExactly(100 * i + word, -i);
        }
      }
    }
  }

  @Test
  void nothingIsLeftBehind() throws Exception {
    List<Path> before = temporary();
    StoredStates stored = both.store(SENTENCES, () -> {});
    stored.close();
    assertThat(temporary()).isEqualTo(before);
    assertThatThrownBy(() -> stored.of(0).copy(0, new float[12], 0))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void theWorkCanBeEnded() throws Exception {
    List<Path> before = temporary();
    Runnable end =
        () -> {
          throw new IllegalStateException("enough");
        };
    assertThatThrownBy(() -> both.store(SENTENCES, end)).hasMessage("enough");
    assertThat(temporary()).isEqualTo(before);
    assertThat(both.of(SENTENCES)).hasSize(4); // and begun anew
  }

  @Test
  void aDiskThatIsTooSmallIsNoticedBeforehand() throws Exception {
    List<Path> before = temporary();
    List<List<String>> sentences = Collections.nCopies(5000, SENTENCES.get(0)); // 86 TB
    assertThatThrownBy(() -> new StoredStates(sentences, Integer.MAX_VALUE))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("free some space");
    assertThat(temporary()).isEqualTo(before);
  }

  private static List<Path> temporary() throws Exception {
    try (var files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
      return files
          .filter(file -> file.getFileName().toString().startsWith("unroll-states"))
          .sorted()
          .toList();
    }
  }
}
