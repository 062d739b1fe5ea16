package dev.unroll.translation;

import static dev.unroll.data.UserError.setting;

import dev.unroll.data.UserError;
import dev.unroll.layers.forward.ForwardNetwork;
import dev.unroll.text.Vocabulary;
import dev.unroll.training.Batches;
import dev.unroll.training.TrainedNetwork;
import dev.unroll.translation.TranslationSearch.Found;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;

/**
 * Raw text in, raw text out: cuts what is too long, lays sentences of like length side by side, and
 * searches for their translations, batches at the same time.
 */
final class Translator {
  /** Rows of a step: sentences times the width of the beam. */
  private static final int ROWS = 192;

  private static final int SENTENCES = 64;
  private static final int TOKENS = 8192;

  private final TranslationConfig config;
  private final PairEncoder encoder;
  private final TrainedNetwork network;
  private final Pieces pieces;

  Translator(TranslationConfig config, PairEncoder encoder, TrainedNetwork network) {
    this.config = config;
    this.encoder = encoder;
    this.network = network;
    // The end of a sentence is no symbol of its text.
    this.pieces = new Pieces(text -> encoder.source(text).length - 1, config.maxLength());
  }

  /**
   * Translates.
   *
   * @throws UserError if coverage is to count and the model has no attention
   */
  List<Translated> translate(List<String> texts, SearchConfig search) {
    if (search.coveragePenalty() > 0 && !attends()) {
      throw UserError.usage(
          "%s needs a model with attention; this one has none; give 0"
              .formatted(setting("coverage-penalty")));
    }
    List<String> all = new ArrayList<>();
    int[] first = new int[texts.size() + 1];
    for (int i = 0; i < texts.size(); i++) {
      all.addAll(pieces.of(texts.get(i)));
      first[i + 1] = all.size();
    }
    List<List<Found>> found = search(all, search);
    List<Translated> translated = new ArrayList<>(texts.size());
    for (int i = 0; i < texts.size(); i++) {
      List<Piece> parts = new ArrayList<>();
      for (int p = first[i]; p < first[i + 1]; p++) {
        parts.add(new Piece(all.get(p), found.get(p)));
      }
      translated.add(new Answer(config, encoder, search).of(texts.get(i), parts));
    }
    return translated;
  }

  /** A text that was translated at once, and its translations. */
  record Piece(String text, List<Found> found) {}

  private List<List<Found>> search(List<String> texts, SearchConfig search) {
    List<EncodedPair> sentences =
        encoder.prepareAll(texts.stream().map(SentencePair::untranslated).toList());
    int[] lengths = sentences.stream().mapToInt(encoder::length).toArray();
    int batch = Math.max(1, Math.min(SENTENCES, ROWS / search.beam()));
    List<List<Integer>> batches = Batches.byLength(lengths, batch, TOKENS);
    List<List<Found>> found = new ArrayList<>(Collections.nCopies(texts.size(), null));
    network.forEach(
        batches.size(),
        (lent, b) -> {
          List<Integer> positions = batches.get(b);
          List<EncodedPair> chosen = positions.stream().map(sentences::get).toList();
          List<List<Found>> answers = search(lent, chosen, search);
          for (int i = 0; i < answers.size(); i++) {
            found.set(positions.get(i), answers.get(i));
          }
        });
    return found;
  }

  private List<List<Found>> search(
      ForwardNetwork network, List<EncodedPair> sentences, SearchConfig search) {
    NetworkDecoder decoder = new NetworkDecoder(network, config);
    decoder.begin(encoder.steps(sentences));
    int[] lengths = sentences.stream().mapToInt(pair -> pair.source().length).toArray();
    Vocabulary target = encoder.target();
    boolean looks =
        attends() && (search.alignments() || search.coveragePenalty() > 0 || copies(config));
    return new TranslationSearch(
            search,
            target.special(Vocabulary.BEGIN),
            target.special(Vocabulary.END),
            excluded(),
            looks)
        .search(decoder, lengths);
  }

  /** All that is no text, but the end; and what is unknown, unless it can be copied. */
  private BitSet excluded() {
    Vocabulary target = encoder.target();
    BitSet excluded = new BitSet();
    for (int id = 0; id < target.size(); id++) {
      excluded.set(id, target.isSpecial(id));
    }
    excluded.clear(target.special(Vocabulary.END));
    excluded.set(Vocabulary.UNKNOWN_ID, !copies(config));
    return excluded;
  }

  private boolean attends() {
    return config.attention() != TranslationConfig.Attention.NONE;
  }

  /** Whether an unknown word is taken from the source. */
  static boolean copies(TranslationConfig config) {
    return config.copyUnknown()
        && config.words() == TranslationConfig.Words.WHOLE
        && config.attention() != TranslationConfig.Attention.NONE;
  }
}
