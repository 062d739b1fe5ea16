package dev.unroll.music;

import com.google.gson.reflect.TypeToken;
import dev.unroll.data.ModelFileWriter;
import dev.unroll.data.Provenance;
import dev.unroll.data.UserError;
import dev.unroll.generation.BeamSearch;
import dev.unroll.generation.KneserNey;
import dev.unroll.generation.NetworkSymbols;
import dev.unroll.generation.NextSymbol;
import dev.unroll.music.score.Score;
import dev.unroll.training.NetworkFile;
import dev.unroll.training.TrainedModel;
import dev.unroll.training.TrainedNetwork;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.IntConsumer;

/**
 * A trained model of music.
 *
 * <pre>{@code
 * MusicModel model = MusicModel.load(Path.of("jigs.zip"));
 * Score tune = model.compose(ComposeRequest.ofBars(16, 7)).score();
 * }</pre>
 *
 * <p>Any number of threads may use one model at the same time, and get the same answers as one. A
 * piece that is asked about alone and among others gets the same answer to within 1e-5 of the
 * logarithm of its probability a symbol.
 */
public final class MusicModel implements TrainedModel {
  private static final String TASK = "music";
  private static final String SYMBOLS = "symbols.json";
  private static final String REPERTOIRE = "repertoire.json";

  private final MusicConfig config;
  private final MusicEncoder encoder;
  private final TrainedNetwork network;
  private final Optional<KneserNey> baseline;
  private final Repertoire repertoire;
  private final Map<String, Double> metrics;
  private final Provenance provenance;

  MusicModel(
      MusicConfig config,
      MusicEncoder encoder,
      TrainedNetwork network,
      Optional<KneserNey> baseline,
      Repertoire repertoire,
      Map<String, Double> metrics,
      Provenance provenance) {
    this.config = config;
    this.encoder = encoder;
    this.network = network;
    this.baseline = baseline;
    this.repertoire = repertoire;
    this.metrics = metrics;
    this.provenance = provenance;
  }

  /**
   * Reads a model that {@link #save} wrote.
   *
   * @throws UserError if the file is missing, damaged, newer than this program or no such model
   */
  public static MusicModel load(Path path) {
    return NetworkFile.load(path, TASK, MusicModel::read);
  }

  /**
   * Reads a model from a stream, to its end; the stream is not closed.
   *
   * @throws UserError as above
   */
  public static MusicModel load(InputStream in) {
    return NetworkFile.load(in, TASK, MusicModel::read);
  }

  /**
   * Reads a model from the class path.
   *
   * @param beside a class of the jar that has the model
   * @param resource as {@link Class#getResourceAsStream} takes it
   * @throws UserError as above
   */
  public static MusicModel load(Class<?> beside, String resource) {
    return NetworkFile.load(beside, resource, TASK, MusicModel::read);
  }

  private static MusicModel read(NetworkFile file) throws IOException {
    MusicConfig config = file.config(MusicConfig::with);
    if (config.notation() == Notation.AUTO || config.grid() == 0) {
      throw file.entries().damaged("it does not say how it writes music as symbols");
    }
    MusicEncoder encoder = new MusicEncoder(table(file), config);
    TrainedNetwork network =
        file.network(
            () -> MusicTrainer.configuration(config, encoder.symbols()),
            config.network(),
            config.dimensions(),
            encoder.symbols());
    Optional<KneserNey> baseline =
        KneserNey.load(file.entries(), config.baselineOrder(), encoder.symbols());
    return new MusicModel(
        config, encoder, network, baseline, repertoire(file), file.metrics(), file.provenance());
  }

  private static SymbolTable table(NetworkFile file) {
    try {
      return file.entries().json(SYMBOLS, TypeToken.get(SymbolTable.class)).checked();
    } catch (NullPointerException | IllegalArgumentException e) {
      throw file.entries().damaged("'" + SYMBOLS + "' is incomplete");
    }
  }

  private static Repertoire repertoire(NetworkFile file) {
    try {
      Repertoire repertoire = file.entries().json(REPERTOIRE, TypeToken.get(Repertoire.class));
      if (repertoire.melodies().stream()
          .anyMatch(line -> line.name() == null || line.moves() == null)) {
        throw file.entries().damaged("'" + REPERTOIRE + "' has a melody without a name or notes");
      }
      return repertoire;
    } catch (NullPointerException e) {
      throw file.entries().damaged("'" + REPERTOIRE + "' is incomplete");
    }
  }

  @Override
  public void save(Path path) {
    try (ModelFileWriter file = NetworkFile.begin(path, TASK, config.toProperties())) {
      file.json(SYMBOLS, encoder.table());
      file.json(REPERTOIRE, repertoire);
      baseline.ifPresent(ngrams -> ngrams.save(file));
      NetworkFile.finish(file, network, metrics, provenance);
    }
  }

  /** How well the model predicts pieces, and how well the n-grams of its training part do. */
  public MusicScores evaluate(List<Piece> pieces) {
    PieceScorer scorer = new PieceScorer(encoder, pieces);
    return network.with(lent -> scorer.score(lent, baseline));
  }

  /**
   * Composes a piece.
   *
   * @throws UserError if the model does not know the metre or style that is asked for, or none of
   *     its attempts can be read
   */
  public Composition compose(ComposeRequest request) {
    return compose(request, symbol -> {});
  }

  /**
   * The same for who wants to know what is drawn.
   *
   * @param listener is told each symbol; what it throws ends the composing, and is thrown on
   */
  public Composition compose(ComposeRequest request, Consumer<DrawnSymbol> listener) {
    return network.with(
        lent ->
            new Composer(encoder, repertoire, listener)
                .compose(new NetworkSymbols(lent, encoder.symbols()), request));
  }

  /**
   * Adds a voice below a melody, by a search for the most probable piece.
   *
   * @param melody what is highest in it is the melody
   * @param beam how many beginnings the search keeps
   * @param voices most notes that sound together; 0 for as many as the model takes
   * @throws UserError if it is no model of piano rolls, or {@code beam} or {@code voices} are out
   *     of range
   */
  public Score harmonise(Score melody, int beam, int voices) {
    return harmonise(melody, beam, voices, step -> {});
  }

  /**
   * The same for who wants to know how far it is.
   *
   * @param listener is told the number of each step that is found, from 1; what it throws ends the
   *     search, and is thrown on
   */
  public Score harmonise(Score melody, int beam, int voices, IntConsumer listener) {
    BeamSearch.checkWidth(beam, 1);
    return network.with(
        lent ->
            new Harmoniser(
                    encoder.codec(), new NetworkSymbols(lent, encoder.symbols()), beam, voices)
                .harmonise(melody, listener));
  }

  /** How probable each piece is, in the same order; faster than one by one. */
  public List<PieceScore> score(List<Piece> pieces) {
    PieceScorer scorer = new PieceScorer(encoder, pieces);
    List<MusicScores> scores = network.with(lent -> scorer.each(lent, Optional.empty()));
    List<PieceScore> answers = new ArrayList<>();
    for (int i = 0; i < scores.size(); i++) {
      answers.add(PieceScore.of(pieces.get(i).score().name(), scores.get(i)));
    }
    return answers;
  }

  /** How surprising each note of a piece is, for a page. */
  Explanation explain(Piece piece) {
    return network.with(lent -> new Explainer(encoder, repertoire).explain(piece, lent));
  }

  /** Lends what reads symbol by symbol. */
  void reader(Consumer<NextSymbol> use) {
    network.with(
        lent -> {
          use.accept(new NetworkSymbols(lent, encoder.symbols()));
          return null;
        });
  }

  /** What turns pieces into symbols. */
  public MusicEncoder encoder() {
    return encoder;
  }

  /** What the model was trained with. */
  public MusicConfig config() {
    return config;
  }

  /** The melodies of the training part. */
  public Repertoire repertoire() {
    return repertoire;
  }

  /**
   * The scores on dev of the epoch that was kept: {@code natsPerStep} and {@code natsPerNote}, and
   * of models of ABC {@code bitsPerCharacter}.
   */
  @Override
  public Map<String, Double> metrics() {
    return metrics;
  }

  @Override
  public Provenance provenance() {
    return provenance;
  }
}
