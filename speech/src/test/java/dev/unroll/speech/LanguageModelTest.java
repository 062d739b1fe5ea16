package dev.unroll.speech;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import dev.unroll.data.ModelFileWriter;
import dev.unroll.data.NetworkConfig;
import dev.unroll.data.Provenance;
import dev.unroll.data.Split;
import dev.unroll.generation.NextSymbol;
import dev.unroll.generation.language.CharacterModel;
import dev.unroll.generation.language.LanguageNetwork;
import dev.unroll.layers.ctc.LabelModel;
import dev.unroll.text.Vocabulary;
import dev.unroll.text.WordCounter;
import dev.unroll.training.NetworkFile;
import dev.unroll.training.Networks;
import dev.unroll.training.TrainedNetwork;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.factory.Nd4j;

/** A language model of characters beside the recogniser, and within its file. */
class LanguageModelTest {
  private static final Vocabulary VOCABULARY =
      new WordCounter().addAll(List.of("o", "n", "e", "t", "w", " ", "s", "i")).build(1, 99);

  @TempDir private Path folder;

  /** One that has learnt nothing, as {@code charlm} would write it; it does not know the x. */
  private CharacterModel language() {
    NetworkConfig layers = new NetworkConfig(NetworkConfig.Cell.GRU, 1, 6, false, 0);
    ComputationGraph network =
        Networks.of(
            new LanguageNetwork(layers, 5, false, 0, 9, 4).configuration(VOCABULARY.size() + 1));
    network.params().assign(Nd4j.rand(network.params().shape()).subi(0.5).muli(4));
    Path path = folder.resolve("letters.zip");
    Map<String, String> config =
        Map.of(
            "cell",
            "gru",
            "layers",
            "1",
            "hidden",
            "6",
            "bidirectional",
            "false",
            "dropout",
            "0",
            "dimensions",
            "5",
            "level",
            "character",
            "ending",
            "line");
    try (ModelFileWriter file = NetworkFile.begin(path, "charlm", config)) {
      file.text("vocabulary.txt", VOCABULARY::write);
      NetworkFile.finish(
          file,
          TrainedNetwork.of(network),
          Map.of(),
          new Provenance("", "", 4, Map.of(), Map.of()));
    }
    return CharacterModel.load(path);
  }

  @Test
  void labelsAreAskedForByTheirCharacters() {
    CharacterModel language = language();
    Alphabet alphabet = Alphabet.of(List.of("one two six"), false);
    LabelModel model = new AlphabetModel(language, alphabet);
    float[] first = model.begin();
    int[] one = alphabet.labels("one");
    float[][] behindO = model.follow(new int[] {0}, new int[] {one[0]}, new int[] {0});
    float[][] behindOn = model.follow(new int[] {0}, new int[] {one[1]}, new int[] {1});

    NextSymbol next = language.next();
    next.begin(1);
    int end = language.symbols().lineEnd();
    float[] start = next.read(new int[] {end})[0];
    float[] o = next.read(new int[] {language.symbols().of('o')})[0];
    float[] on = next.read(new int[] {language.symbols().of('n')})[0];
    assertThat(first[one[0]]).isEqualTo(start[language.symbols().of('o')]);
    assertThat(first[0]).isEqualTo(start[end]);
    for (int label = 1; label < alphabet.classes(); label++) {
      int symbol = language.symbols().of(alphabet.character(label));
      assertThat(behindO[0][label]).isCloseTo(o[symbol], offset(1e-5f));
      assertThat(behindOn[0][label]).isCloseTo(on[symbol], offset(1e-5f));
    }
    assertThat(first[alphabet.labels("x")[0]]).isEqualTo(start[Vocabulary.UNKNOWN_ID]);
  }

  @Test
  void itGoesIntoTheFileAndDecidesBetweenTexts() {
    CharacterModel language = language();
    SpeechConfig config = Spoken.config("epochs", "12");
    var utterances = Spoken.corpus(1, "ada");
    UtteranceEncoder encoder = UtteranceEncoder.fit(utterances, config);
    SpeechModel model =
        new SpeechTrainer(config)
            .language(language)
            .train(encoder, new Split<>(utterances, utterances))
            .model();
    Path file = folder.resolve("speech.zip");
    model.save(file);
    SpeechModel loaded = SpeechModel.load(file);
    List<Recording> recordings = utterances.examples().stream().map(Utterance::recording).toList();
    SearchConfig asked = new SearchConfig(8, 1.5, 0);

    var alone = model.transcribe(recordings, new SearchConfig(8, 0, 0), Optional.empty(), 2);
    var unheard = model.transcribe(recordings, new SearchConfig(8, 0, 0), model.language(), 2);
    var decided = model.transcribe(recordings, asked, model.language(), 2);

    assertThat(unheard).isEqualTo(alone);
    assertThat(decided).isNotEqualTo(alone);
    assertThat(loaded.transcribe(recordings, asked, loaded.language(), 2)).isEqualTo(decided);
    assertThat(loaded.language().orElseThrow().digest()).isEqualTo(language.digest());
  }
}
