package dev.unroll.charlm;

import static dev.unroll.data.UserError.setting;

import dev.unroll.data.Corpus;
import dev.unroll.data.Split;
import dev.unroll.data.UserError;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Cuts running text into its beginning to train on, what follows for dev, and its end for test: a
 * model that carries its state along must not have read the neighbouring sentence of every sentence
 * that it is judged on.
 *
 * <pre>
 *   |---------------- train ----------------|-- dev --|-- test --|
 *   0            n (1 - dev - test)          n (1 - test)         n   characters
 * </pre>
 */
public final class ContiguousSplit {
  private ContiguousSplit() {}

  /**
   * Splits {@code corpus} by its characters. A document is cut at the very character; a line is
   * never cut and belongs where its first character does.
   *
   * @param devFraction share of the dev part; 0 makes none
   * @param testFraction share of the test part; 0 makes none
   * @throws UserError if a part would be empty
   */
  public static Split<Passage> of(
      Corpus<Passage> corpus, double devFraction, double testFraction, Ending ending) {
    long characters =
        corpus.examples().stream().mapToLong(passage -> length(passage, ending)).sum();
    long train = (long) (characters * (1 - devFraction - testFraction));
    long trainAndDev = (long) (characters * (1 - testFraction));
    boolean noDev = devFraction > 0 && trainAndDev == train;
    boolean noTest = testFraction > 0 && trainAndDev == characters;
    if (train == 0 || noDev || noTest) {
      throw UserError.data(
          corpus.source(),
          "too few characters (%d) to split off %s of them for dev and %s for test; give %s, or %s 0"
              .formatted(
                  characters, devFraction, testFraction, setting("dev"), setting("dev-fraction")));
    }
    List<Passage> rest = corpus.examples();
    List<Passage> head = take(rest, 0, train, ending);
    List<Passage> middle = take(rest, train, trainAndDev, ending);
    List<Passage> tail = take(rest, trainAndDev, characters, ending);
    if ((devFraction > 0 && middle.isEmpty()) || (testFraction > 0 && tail.isEmpty())) {
      throw UserError.data(
          corpus.source(),
          "its lines are too long to split some of them off; give %s (and %s), or %s 0"
              .formatted(setting("dev"), setting("test"), setting("dev-fraction")));
    }
    return new Split<>(
        part(corpus, head, "training"),
        devFraction > 0 ? Optional.of(part(corpus, middle, "dev")) : Optional.empty(),
        testFraction > 0 ? Optional.of(part(corpus, tail, "test")) : Optional.empty());
  }

  /** A line counts its end, so that an empty line has a place too. */
  private static long length(Passage passage, Ending ending) {
    return passage.characters() + (ending == Ending.LINE ? 1L : 0L);
  }

  private static List<Passage> take(List<Passage> all, long from, long to, Ending ending) {
    List<Passage> taken = new ArrayList<>();
    long start = 0;
    for (Passage passage : all) {
      long end = start + length(passage, ending);
      if (ending == Ending.LINE) {
        if (start >= from && start < to) {
          taken.add(passage);
        }
      } else if (end > from && start < to) {
        taken.add(cut(passage, Math.max(from - start, 0), Math.min(to, end) - start));
      }
      start = end;
    }
    return taken;
  }

  private static Passage cut(Passage passage, long from, long to) {
    String text = passage.text();
    int begin = text.offsetByCodePoints(0, (int) from);
    int end = text.offsetByCodePoints(begin, (int) (to - from));
    return new Passage(text.substring(begin, end), passage.ended() && end == text.length());
  }

  private static Corpus<Passage> part(Corpus<Passage> whole, List<Passage> passages, String name) {
    return new Corpus<>(passages, whole.source() + " (" + name + " part)", whole.digest());
  }
}
