package dev.unroll.charlm;

import dev.unroll.data.Corpus;
import dev.unroll.generation.Symbols;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Small texts as tests look at them. */
final class Texts {
  private Texts() {}

  /** All of a text in one string. */
  static String string(Text text) {
    StringBuilder all = new StringBuilder();
    text.read(all::append);
    return all.toString();
  }

  /** All of every passage. */
  static List<String> strings(Corpus<Passage> corpus) {
    return corpus.examples().stream().map(passage -> string(passage.text())).toList();
  }

  static int[] array(Symbols symbols) {
    return symbols.read(0, (int) symbols.size());
  }

  /** The same text in small pieces, as a file is read. */
  record InPieces(Text whole, int size) implements Text {
    @Override
    public long characters() {
      return whole.characters();
    }

    @Override
    public void read(Consumer<String> pieces) {
      List<Integer> codePoints = new ArrayList<>(string(whole).codePoints().boxed().toList());
      for (int from = 0; from < codePoints.size(); from += size) {
        StringBuilder piece = new StringBuilder();
        codePoints
            .subList(from, Math.min(from + size, codePoints.size()))
            .forEach(piece::appendCodePoint);
        pieces.accept(piece.toString());
      }
    }

    @Override
    public Text part(long from, long to) {
      return new InPieces(whole.part(from, to), size);
    }
  }
}
