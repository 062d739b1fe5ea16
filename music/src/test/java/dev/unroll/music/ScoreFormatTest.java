package dev.unroll.music;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unroll.data.UserError;
import dev.unroll.music.score.Score;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScoreFormatTest {
  @Test
  void aFileOfOnePieceTakesNoOther(@TempDir Path folder) {
    List<Score> pieces = Tunes.pieces().stream().map(Piece::score).toList();
    Path file = folder.resolve("tunes.mid");
    for (List<Score> wrong : List.of(pieces, List.<Score>of())) {
      assertThatThrownBy(() -> ScoreFormat.of(file).write(wrong, 20, file))
          .isInstanceOf(UserError.class)
          .hasMessageContaining("holds one piece, got " + wrong.size());
    }
    assertThat(file).doesNotExist();
    ScoreFormat.of(file).write(pieces.subList(0, 1), 20, file);
    assertThat(file).exists();
  }
}
