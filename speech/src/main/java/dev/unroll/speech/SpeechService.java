package dev.unroll.speech;

import dev.unroll.generation.language.CharacterModel;
import dev.unroll.serving.Input;
import dev.unroll.serving.ServedModel;
import dev.unroll.serving.Tab;
import dev.unroll.serving.TaskService;
import dev.unroll.serving.Verb;
import dev.unroll.sound.SoundWriter;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a server offers of the task. */
public final class SpeechService implements TaskService {
  /** What a recording is called that has no name of its own. */
  private static final String NAME = "recording";

  @Override
  public String task() {
    return "speech";
  }

  @Override
  public String summary() {
    return "A model of speech train, which writes down what is said.";
  }

  @Override
  public String mainClass() {
    return "dev.unroll.speech.Speech";
  }

  @Override
  public ServedModel load(Path file) {
    SpeechModel model = SpeechModel.load(file);
    byte[] sample = SoundWriter.wav(new Voice("eve", 1).say("three one four"));
    Verb<byte[]> transcribe =
        Verb.answering(
            "transcribe",
            "Write down what is said in recordings, which are WAV files.",
            Input.bytes("wav", "wavs"),
            List.of(),
            sample,
            (wavs, arguments) -> transcribe(model, wavs));
    String encoded = Base64.getEncoder().encodeToString(sample);
    return new ServedModel(List.of(transcribe), Map.of("sample", encoded));
  }

  /** As the command does without options: with the language model of the training, if any. */
  private static List<Transcript> transcribe(SpeechModel model, List<byte[]> wavs) {
    Optional<CharacterModel> language = model.language();
    SearchConfig search = language.isPresent() ? SearchConfig.searching() : SearchConfig.greedy();
    List<Recording> recordings = wavs.stream().map(wav -> Recording.of(NAME, wav)).toList();
    return model.transcribe(recordings, search, language, 1).stream()
        .map(texts -> texts.get(0))
        .toList();
  }

  @Override
  public Tab tab() {
    return new Tab("Speech", 60, SpeechService.class, "tab.js");
  }
}
