package dev.unroll.music;

import dev.unroll.data.Corpus;
import dev.unroll.data.Split;
import dev.unroll.data.TextSource;
import dev.unroll.music.score.Score;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Tunes that a small network can learn by heart, and how the tests train on them. */
final class Tunes {
  static final String ABC =
      """
      X:1
      T:Up and Down
      R:scale
      M:2/4
      L:1/8
      K:C
      "C"CDEF|"G"GFED|"C"C2E2|C4|]

      X:2
      T:Down and Up
      R:scale
      M:3/4
      L:1/8
      K:G
      g2f2e2|d2e2f2|g2d2B2|G6|]

      X:3
      T:Three at Once
      R:chords
      M:2/4
      L:1/8
      K:Am
      [Ace]4|(3ABc d2|[E^Gd]4|[Ac]4|]
      """;

  /** Four steps of a roll, twice. */
  static final String ROLL = "[[[48,60,64],[48,60],[],[50,65]],[[48,60,64],[48,60],[],[50,65]]]";

  private Tunes() {}

  static MusicConfig config(String... settings) {
    Map<String, String> overrides =
        new HashMap<>(
            Map.of(
                "layers", "1",
                "dimensions", "16",
                "hidden", "48",
                "epochs", "160",
                "batch", "1",
                "window", "20",
                "grid", "12",
                "learning-rate", "0.015",
                "dropout", "0"));
    overrides.putAll(Map.of("transpose", "0", "clip", "1", "patience", "0"));
    for (int i = 0; i < settings.length; i += 2) {
      overrides.put(settings[i], settings[i + 1]);
    }
    return MusicConfig.with(overrides);
  }

  static Corpus<Piece> read(String text) {
    return read(text.getBytes(StandardCharsets.UTF_8));
  }

  static Corpus<Piece> read(byte[] bytes) {
    return new PieceReader(Optional.empty(), Score.QUARTER, notice -> {})
        .read(TextSource.of("the test", new ByteArrayInputStream(bytes)));
  }

  static List<Piece> pieces() {
    return read(ABC).examples();
  }

  static MusicModel train(MusicConfig config) {
    return train(config, ABC);
  }

  static MusicModel train(MusicConfig config, String text) {
    Corpus<Piece> corpus = read(text);
    return MusicTrainer.train(
        config, MusicEncoder.fit(corpus, config), new Split<>(corpus, corpus));
  }
}
