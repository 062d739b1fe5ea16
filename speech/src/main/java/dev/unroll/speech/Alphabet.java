package dev.unroll.speech;

import com.google.gson.reflect.TypeToken;
import dev.unroll.data.ModelFile;
import dev.unroll.data.ModelFileWriter;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;

/**
 * The characters that a recogniser writes. Label 0 is the blank of CTC; the characters are numbered
 * from 1 in the order of their code points, the space among them.
 */
public final class Alphabet {
  private static final String ENTRY = "alphabet.json";

  private final int[] characters;
  private final Map<Integer, Integer> labels = new HashMap<>();
  private final boolean lowercase;

  private Alphabet(int[] characters, boolean lowercase) {
    this.characters = characters;
    this.lowercase = lowercase;
    for (int i = 0; i < characters.length; i++) {
      labels.put(characters[i], i + 1);
    }
  }

  /** The characters of some texts. */
  static Alphabet of(Collection<String> texts, boolean lowercase) {
    TreeSet<Integer> all = new TreeSet<>();
    for (String text : texts) {
      normalised(text, lowercase).codePoints().forEach(all::add);
    }
    return new Alphabet(all.stream().mapToInt(c -> c).toArray(), lowercase);
  }

  /**
   * A text as it is compared and learnt: composed characters (NFC), single spaces, none around it.
   */
  public String normalised(String text) {
    return normalised(text, lowercase);
  }

  private static String normalised(String text, boolean lowercase) {
    String spaced = Normalizer.normalize(text, Normalizer.Form.NFC).strip().replaceAll("\\s+", " ");
    return lowercase ? spaced.toLowerCase(Locale.ROOT) : spaced;
  }

  /** The number of classes: one a character, and the blank. */
  public int classes() {
    return characters.length + 1;
  }

  /** The labels of a text; characters that are not known are left out. */
  public int[] labels(String text) {
    return normalised(text)
        .codePoints()
        .map(character -> labels.getOrDefault(character, 0))
        .filter(label -> label > 0)
        .toArray();
  }

  /** The label of a character as it is; 0 if it is not known. */
  int label(int character) {
    return labels.getOrDefault(character, 0);
  }

  /** The text that labels spell, as it is: it may have spaces at its ends. */
  public String text(int[] of) {
    StringBuilder text = new StringBuilder();
    Arrays.stream(of).forEach(label -> text.appendCodePoint(character(label)));
    return text.toString();
  }

  /** The code point of a label. */
  public int character(int label) {
    return characters[label - 1];
  }

  void write(ModelFileWriter file) {
    file.json(ENTRY, Arrays.stream(characters).mapToObj(Character::toString).toList());
  }

  static Alphabet read(ModelFile file, boolean lowercase) {
    List<String> texts = file.json(ENTRY, new TypeToken<>() {});
    boolean right =
        !texts.contains(null)
            && texts.stream().allMatch(text -> text.codePointCount(0, text.length()) == 1)
            && texts.stream().distinct().count() == texts.size()
            && !texts.isEmpty();
    if (!right) {
      throw file.damaged("'" + ENTRY + "' is no list of characters, each once");
    }
    return new Alphabet(texts.stream().mapToInt(text -> text.codePointAt(0)).toArray(), lowercase);
  }
}
