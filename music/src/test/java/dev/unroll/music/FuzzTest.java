package dev.unroll.music;

import dev.unroll.music.midi.MidiScores;
import dev.unroll.testing.Fuzz;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files of every format and models, damaged at random. */
class FuzzTest {
  @Test
  void abc() {
    new Fuzz("abc", 1000)
        .like(
            Tunes.ABC,
            "X:1\nT:x\nM:C|\nL:1/16\nQ:1/4=120\nV:1\nV:2\nK:F#m\nV:1\n|:(5:4:5abcde {f}!trill!z2>^g,,"
                + " [K:Bb][M:6/8]Z2|1A3-A3:|2[FA]6|]\nV:2\n~A/2B//c3/4|\n")
        .read(Tunes::read);
  }

  @Test
  void midi() throws IOException {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    MidiScores.write(Tunes.pieces().get(0).score(), file);
    new Fuzz("midi", 1000).like(file.toByteArray()).read(Tunes::read);
  }

  @Test
  void rolls() {
    new Fuzz("rolls", 1000)
        .like(Tunes.ROLL, "{\"train\":[[[60,-1]]],\"valid\":[],\"test\":[[[1,2,3],[]]]}")
        .read(Tunes::read);
  }

  @Test
  void models(@TempDir Path folder) throws Exception {
    Path model = Path.of(FuzzTest.class.getResource("/models/events.zip").toURI());
    new Fuzz("music-model", 20)
        .readForged(
            model,
            "music",
            folder,
            input -> {
              MusicModel loaded = MusicModel.load(new ByteArrayInputStream(input));
              loaded.score(Tunes.pieces());
              loaded.compose(ComposeRequest.ofBars(1, 1));
            });
  }
}
