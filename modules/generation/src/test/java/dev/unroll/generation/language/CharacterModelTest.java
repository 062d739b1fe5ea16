package dev.unroll.generation.language;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;

import dev.unroll.data.UserError;
import dev.unroll.generation.NextSymbol;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class CharacterModelTest {
  @TempDir private Path folder;

  /** Some prefixes get longer while others wait, in whatever places. */
  @Test
  void saysOfEachPrefixWhatTheNetworkSays() {
    TinyModel tiny = TinyModel.of("lstm", false, "document");
    CharacterModel model = CharacterModel.load(tiny.write(folder.resolve("m.zip")));
    NextSymbol next = model.next();
    assertThat(next.symbols()).isEqualTo(TinyModel.VOCABULARY.size() + 1);
    int[] ab = TinyModel.symbols("ab");
    next.begin(1);
    assertSays(tiny, next.read(new int[] {ab[0]})[0], "a");
    next.branch(new int[] {0, 0, 0});
    float[][] two = next.read(new int[] {ab[0], ab[1]});
    assertThat(two).hasNumberOfRows(2);
    assertSays(tiny, two[0], "aa");
    assertSays(tiny, two[1], "ab");
    next.branch(new int[] {2, 1, 0});
    float[][] three = next.read(new int[] {ab[1], ab[0], ab[0]});
    assertSays(tiny, three[0], "ab");
    assertSays(tiny, three[1], "aba");
    assertSays(tiny, three[2], "aaa");
  }

  private static void assertSays(TinyModel tiny, float[] logs, String text) {
    int[] symbols = TinyModel.symbols(text);
    float[] ids = new float[symbols.length];
    for (int i = 0; i < ids.length; i++) {
      ids[i] = symbols[i];
    }
    INDArray in = Nd4j.create(ids, new long[] {1, 1, ids.length}, 'c');
    INDArray out = tiny.network().output(in)[0];
    for (int k = 0; k < logs.length; k++) {
      double expected = Math.log(out.getDouble(0, k, ids.length - 1));
      assertThat(logs[k]).as("%d behind %s", k, text).isCloseTo((float) expected, offset(1e-4f));
    }
  }

  @Test
  void modelsOfWordsAndThoseInReverseAreRefused() {
    Path words = TinyModel.of("gru", false, "line").write(folder.resolve("w.zip"), "level", "word");
    assertThatThrownBy(() -> CharacterModel.load(words))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("reads words, and a search asks for characters from left to right");
    Path reverse = TinyModel.of("gru", true, "line").write(folder.resolve("r.zip"));
    assertThatThrownBy(() -> CharacterModel.load(reverse))
        .hasMessageContaining("reads characters in reverse, and a search");
  }
}
