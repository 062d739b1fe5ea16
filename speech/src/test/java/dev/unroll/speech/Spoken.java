package dev.unroll.speech;

import dev.unroll.data.Corpus;
import dev.unroll.sound.SoundWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A few utterances of the voice of the program, and settings that learn them in seconds. */
final class Spoken {
  static final List<String> TEXTS =
      List.of("one two", "two one", "six", "one six two", "two", "six one");

  private Spoken() {}

  static byte[] wav(String speaker, String text, long number) {
    return SoundWriter.wav(new Voice(speaker, number).say(text));
  }

  static Corpus<Utterance> corpus(int first, String... speakers) {
    List<Utterance> utterances = new ArrayList<>();
    for (String speaker : speakers) {
      for (int i = 0; i < TEXTS.size(); i++) {
        String name = speaker + i + ".wav";
        Recording recording = Recording.of(name, wav(speaker, TEXTS.get(i), first + i));
        utterances.add(new Utterance(recording, TEXTS.get(i), speaker));
      }
    }
    return new Corpus<>(utterances, "a voice", Arrays.toString(speakers) + first);
  }

  static SpeechConfig config(String... settings) {
    Map<String, String> all =
        new HashMap<>(
            Map.ofEntries(
                Map.entry("sample-rate", "8000"),
                Map.entry("mels", "16"),
                Map.entry("stack", "4"),
                Map.entry("cell", "gru"),
                Map.entry("layers", "1"),
                Map.entry("hidden", "24"),
                Map.entry("dropout", "0"),
                Map.entry("input-dropout", "0"),
                Map.entry("speed-perturbation", "0"),
                Map.entry("time-masks", "0"),
                Map.entry("band-masks", "0"),
                Map.entry("batch", "4"),
                Map.entry("epochs", "60"),
                Map.entry("learning-rate", "0.02")));
    for (int i = 0; i < settings.length; i += 2) {
      all.put(settings[i], settings[i + 1]);
    }
    return SpeechConfig.with(all);
  }

  /** Writes recordings and a manifest of them. */
  static Path write(Path folder, String name, String speaker, int first) throws IOException {
    StringBuilder manifest = new StringBuilder();
    for (int i = 0; i < TEXTS.size(); i++) {
      String file = name + "-" + i + ".wav";
      Files.write(folder.resolve(file), wav(speaker, TEXTS.get(i), first + i));
      manifest.append(file).append('\t').append(TEXTS.get(i)).append('\t').append(speaker);
      manifest.append('\n');
    }
    return Files.writeString(folder.resolve(name + ".tsv"), manifest);
  }
}
