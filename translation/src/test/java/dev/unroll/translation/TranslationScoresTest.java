package dev.unroll.translation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.unroll.evaluation.Bleu;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TranslationScoresTest {
  private static final List<SentencePair> PAIRS =
      List.of(
          new SentencePair("Ja.", "Yes."),
          new SentencePair("Ich sehe ihn dort drüben.", "I see him over there."),
          new SentencePair("Ja.", "Yeah."),
          new SentencePair("Ich sehe ihn.", "I can see him."));

  private static Answered answered(String source, String hypothesis, String... references) {
    return new Answered(source, hypothesis, List.of(references));
  }

  @Test
  void pairsOfOneSourceAreOneSentenceWithAllReferences() {
    assertThat(Answered.tasks(PAIRS, true))
        .containsExactly(
            new Answered.Task("Ja.", List.of("Yes.", "Yeah.")),
            new Answered.Task("Ich sehe ihn dort drüben.", List.of("I see him over there.")),
            new Answered.Task("Ich sehe ihn.", List.of("I can see him.")));
    assertThat(Answered.tasks(PAIRS, false)).hasSize(4);
  }

  @Test
  void scoresAreThoseOfBleuAndOfTheReferencesProbability() {
    List<Answered> some =
        List.of(
            answered("a b", "the cat is on the mat", "the cat sat on the mat", "a cat"),
            answered("c", "Hello", "hello"));
    TranslationScores scores = new TranslationScores(some, -20 * Math.log(7), 20);
    Bleu bleu = new Bleu();
    bleu.add("the cat is on the mat", List.of("the cat sat on the mat", "a cat"));
    bleu.add("Hello", "hello");
    assertThat(scores.bleu().score()).isEqualTo(bleu.score());
    assertThat(scores.perplexity()).isEqualTo(7, within(1e-9));
    assertThat(scores.toMap())
        .containsKeys("sentences", "bleu", "chrf", "perplexity", "signature")
        .containsEntry("signature", bleu.signature());
    assertThat((double) scores.toMap().get("bleuLowercase")).isGreaterThan(bleu.score());
    assertThat(scores.toString()).contains("BLEU", "chrF2", bleu.signature());
  }

  @Test
  void twoEvaluationsAreCountedAsOne() {
    Answered one = answered("a", "the small cat sleeps here", "the small cat sleeps there");
    Answered other = answered("b", "a dog", "a dog barks");
    TranslationScores both =
        new TranslationScores(List.of(one), -3, 4)
            .plus(new TranslationScores(List.of(other), -5, 2));
    TranslationScores whole = new TranslationScores(List.of(one, other), -8, 6);
    assertThat(both.toMap()).isEqualTo(whole.toMap());
  }

  @Test
  void theWorstComeFirst() {
    Answered right = answered("a", "all right", "all right");
    Answered half = answered("b", "all wrong", "all right");
    Answered wrong = answered("c", "xyz", "all right");
    TranslationScores scores = new TranslationScores(List.of(right, wrong, half), -1, 1);
    assertThat(scores.worst(2)).extracting(Mistake::source).containsExactly("c", "b");
    assertThat(scores.worst(2).get(0).chrf()).isZero();
  }

  @Test
  void everySentenceHasItsLength() {
    List<LengthScore> lengths =
        LengthScore.of(
            List.of(
                answered("", "", "x"),
                answered("one two three four five", "y", "y"),
                answered("one two three four five six", "z z z z", "z z z z"),
                answered("w ".repeat(23), "v", "v")));
    assertThat(lengths).extracting(LengthScore::name).containsExactly("0–5", "6–10", "21–25");
    assertThat(lengths).extracting(LengthScore::sentences).containsExactly(2L, 1L, 1L);
    assertThat(lengths.get(1).bleu()).isEqualTo(100, within(1e-9));
  }

  @Test
  void theDictionaryFindsWhichWordTranslatesWhich() {
    List<SentencePair> pairs =
        List.of(
            new SentencePair("das Haus", "the house"),
            new SentencePair("das Buch", "the book"),
            new SentencePair("ein Buch", "a book"));
    WordDictionary dictionary = WordDictionary.learn(pairs);
    assertThat(dictionary.translate("ein Haus")).isEqualTo("a house");
    assertThat(dictionary.translate("das Zebra")).isEqualTo("the Zebra");
    assertThat(dictionary.translate("")).isEmpty();
    assertThat(WordDictionary.learn(List.of()).translate("Ja, ja!")).isEqualTo("Ja, ja!");
  }

  @Test
  void baselinesAreScoredLikeTheModel() {
    List<Answered> some =
        List.of(answered("a b c d", "-", "a b c d"), answered("e f g h", "-", "1 2 3 4"));
    List<SentencePair> pairs =
        List.of(
            new SentencePair("e f g h", "1 2 3 4"),
            new SentencePair("e", "1"),
            new SentencePair("f", "2"),
            new SentencePair("g", "3"),
            new SentencePair("h", "4"));
    List<Baseline> baselines = Baseline.of(some, Optional.of(pairs));
    assertThat(baselines).hasSize(2);
    assertThat(baselines.get(1).bleu()).isEqualTo(100, within(1e-9));
    assertThat(baselines.get(0).bleu()).isBetween(10.0, 70.0);
    assertThat(Baseline.of(some, Optional.empty())).hasSize(1);
  }
}
