package dev.unroll.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StandardTokenizerTest {
  private final Tokenizer tokenizer = Tokenizer.standard();

  /** Left: text; right: its tokens, joined with spaces. */
  @ParameterizedTest
  @CsvSource(
      delimiterString = " => ",
      quoteCharacter = '\0',
      textBlock =
          """
          I don't like it, really. => I do n't like it , really .
          Can't, WON'T; ain't! => Ca n't , WO N'T ; ai n't !
          He's sure they'd've said we'll => He 's sure they 'd 've said we 'll
          It’s the dogs’ fault, isn’t it? => It ’s the dogs ’ fault , is n’t it ?
          I cannot, o'clock, O'Brien's => I can not , o'clock , O'Brien 's
          'Tis the '90s, rock 'n' roll => 'Tis the '90s , rock 'n ' roll
          a re-imagining of sci-fi--bad => a re-imagining of sci-fi -- bad
          1,000.50 and 7/10, at 10:30 or -5 or .5 => 1,000.50 and 7/10 , at 10:30 or -5 or .5
          $5 is 50% of the 1930s => $ 5 is 50 % of the 1930s
          Mr. Smith vs. the U.S. in L.A. today. => Mr. Smith vs. the U.S. in L.A. today .
          J. K. Rowling and J.R.R. Tolkien, e.g. => J. K. Rowling and J.R.R. Tolkien , e.g.
          So do I. No. 1 said no. => So do I . No. 1 said no .
          The end.It was bad.Very bad => The end . It was bad . Very bad
          Well... so…what?! NO!!! => Well ... so … what ? ! NO !!!
          the U.S... what => the U.S ... what
          "Great," he said ('sort of') [sic] => " Great , " he said ( ' sort of ' ) [ sic ]
          good :) bad :-( cry :'( fine:) <3 XD ^_^ => good :) bad :-( cry :'( fine :) <3 XD ^_^
          note: (see a:b) x=3 => note : ( see a : b ) x = 3
          @user_1 said #So_True at me@mail.com. => @user_1 said #So_True at me@mail.com .
          see http://a.com/b?c=d). Or www.x.org, ok => see http://a.com/b?c=d ) . Or www.x.org , ok
          on imdb.com's page => on imdb.com 's page
          and/or his/her AT&T R&B => and / or his / her AT&T R&B
          x_y _so_ C# F++ => x_y _ so _ C # F ++
          <br />bad<br/> => < br / > bad < br / >
          naïve Ünïcödé e\u0301te\u0301 => naïve Ünïcödé e\u0301te\u0301
          日本のアニメ ok => 日 本 の アニメ ok
          ok👍🏽👨‍👩‍👧🇫🇷❤️! => ok 👍🏽 👨‍👩‍👧 🇫🇷 ❤️ !
          -LRB- a -RRB- `` b '' writer\\/director \\* => -LRB- a -RRB- `` b '' writer\\/director \\*
          """)
  void cutsAsExpected(String text, String tokens) {
    assertThat(String.join(" ", tokenizer.words(text))).isEqualTo(tokens);
    assertFaithful(text, tokenizer);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a stirring , funny re-imagining of beauty and the beast and 1930s horror films",
        "they wo n't sit still , so they 're bored -- and it 's 90-minute pg-13 fluff ...",
        "-lrb- or -lsb- what `` he '' said in the '70s -rrb- , i.e. e.t. vs. mr. k-19",
        "no. 1 of the u.s. at 2 1\\/2 hours , \\*\\*\\* , writer\\/director j.k. o'fallon",
        "'em 's 're n't 'd 'll 've 'm 'n ? ! : ; ` ' $ & # = %"
      })
  void leavesTokenisedTextAlone(String text) {
    assertThat(tokenizer.words(text)).containsExactly(text.split(" "));
  }

  @Test
  void nothingComesOfNothing() {
    assertThat(tokenizer.tokenize("")).isEmpty();
    assertThat(tokenizer.tokenize(" \t\r\n\u00a0\u3000\u0085\u200b")).isEmpty();
    assertThat(tokenizer.tokenize(" a ")).containsExactly(new Token("a", 1, 2));
  }

  @Test
  void tagsAreSpaceIfAskedFor() {
    Tokenizer dropping = Tokenizer.standardWithoutTags();
    assertThat(dropping.words("good<br /><br/>bad <a href=\"x\">i</a></P> <i>so</i>"))
        .containsExactly("good", "bad", "i", "so");
    assertThat(dropping.words("<UNK> 1<2 <3 <b and c> <br")).contains("UNK", "<3", "and", "br");
  }

  @Test
  void survivesHalvesOfSurrogatePairs() {
    assertThat(tokenizer.words("a\ud83d b\ude00")).containsExactly("a", "\ud83d", "b", "\ude00");
  }

  /** Random strings of the pieces that the rules look at: what the cases above did not think of. */
  @Test
  void isFaithfulAndAProjectionOnAnyText() {
    String[] pieces = {
      "a", "I", "J", "no", "Mr", "cannot", "n", "t", "s", "S", "ll", "5", "90", "É", "\u0301", " ",
      " ", "  ", "\u00a0", "\n", "'", "’", "`", "\"", "n't", "'s", ".", ".", ",", ":", ";", "=",
      ")", "(", "[", "]", "<", ">", "/", "\\", "-", "-", "_", "@", "#", "&", "%", "!", "?", "…",
      "www.", "http://", ".com", "D", "P", "3", "^", "*", "br", "i", "-lrb-", "日", "の", "ア", "😂",
      "👍", "🏽", "\u200d", "\ufe0f", "🇫", "\ud83d", "\ude00", "\u200b", "½", "\0", "~", "e"
    };
    Random random = new Random(1);
    for (int round = 0; round < 30_000; round++) {
      StringBuilder text = new StringBuilder();
      for (int n = 1 + random.nextInt(9); n > 0; n--) {
        text.append(pieces[random.nextInt(pieces.length)]);
      }
      assertFaithful(text.toString(), tokenizer);
      assertProjection(text.toString(), tokenizer);
      assertProjection(text.toString(), Tokenizer.standardWithoutTags());
    }
  }

  /** Two million characters of what a careless rule would search again and again. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "a",
        "9",
        ".",
        "-",
        "'",
        "!",
        "(",
        "<",
        "@",
        "\u0301",
        "日",
        " ",
        "a.",
        "a@",
        "<a ",
        "'s",
        "a'",
        "x's",
        "www.",
        "http://a)",
        ":)",
        "1,",
        "J. ",
        "no.  ",
        "a-",
        "\u200d",
        "🇫",
        "\\/",
        "cannot",
        "a.com",
        "#",
        "<br =",
        "&"
      })
  void takesLinearTime(String unit) {
    String text = unit.repeat(500_000 / unit.length());
    Assertions.assertTimeoutPreemptively(
        Duration.ofSeconds(20), () -> Tokenizer.standardWithoutTags().tokenize(text).size());
  }

  @Test
  void isFoundByName() {
    for (Tokenizer each :
        List.of(tokenizer, Tokenizer.standardWithoutTags(), Tokenizer.whitespace())) {
      assertThat(Tokenizer.named(each.name())).isSameAs(each);
    }
    assertThatThrownBy(() -> Tokenizer.named("other"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("other");
  }

  @Test
  void whitespaceTokenizerCutsAtWhiteSpaceOnly() {
    assertThat(Tokenizer.whitespace().tokenize(" a.b\u00a0 c\n"))
        .containsExactly(new Token("a.b", 1, 4), new Token("c", 6, 7));
    assertThat(Tokenizer.whitespace().tokenize("")).isEmpty();
  }

  @Test
  void tokenRefusesAPlaceThatDoesNotFit() {
    assertThatThrownBy(() -> new Token("ab", 0, 1)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Token("", 1, 1)).isInstanceOf(IllegalArgumentException.class);
  }

  private static void assertFaithful(String text, Tokenizer tokenizer) {
    StringBuilder between = new StringBuilder();
    int last = 0;
    for (Token token : tokenizer.tokenize(text)) {
      assertThat(token.start()).isGreaterThanOrEqualTo(last);
      assertThat(text.substring(token.start(), token.end())).isEqualTo(token.text());
      between.append(text, last, token.start());
      last = token.end();
    }
    between.append(text.substring(last));
    assertThat(between.chars().allMatch(c -> Characters.isSpace((char) c))).as(text).isTrue();
  }

  private static void assertProjection(String text, Tokenizer tokenizer) {
    List<String> words = tokenizer.words(text);
    assertThat(tokenizer.words(String.join(" ", words))).as(text).isEqualTo(words);
  }
}
