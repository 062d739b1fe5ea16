package dev.unroll.embeddings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unroll.data.TextSource;
import dev.unroll.text.WordVectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that gensim wrote; {@code gensim_fixture.py} beside them makes them. */
class GensimFilesTest {
  @ParameterizedTest
  @ValueSource(strings = {"gensim.txt", "gensim.bin"})
  void areReadToTheBit(String name) {
    EmbeddingModel model =
        EmbeddingModel.of(
            WordVectors.read(TextSource.of(name, getClass().getResourceAsStream(name))));
    assertThat(model.words()).containsExactly("the", "Ärger", "東京", "new_york");
    for (int i = 0; i < model.size(); i++) {
      float[] vector = model.vector(model.words().get(i)).orElseThrow();
      assertThat(vector)
          .containsExactly(3 * i / 7f - 1, (3 * i + 1) / 7f - 1, (3 * i + 2) / 7f - 1);
    }
  }
}
