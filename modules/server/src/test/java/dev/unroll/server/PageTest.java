package dev.unroll.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** The page in a browser, where there is one: type, click, see the answer. */
@Timeout(60)
class PageTest {
  /** The browser may still be writing when it is told to go. */
  @TempDir(cleanup = CleanupMode.NEVER)
  private static Path profile;

  private static ModelServer server;
  private static Browser browser;

  @BeforeAll
  static void start() throws Exception {
    Optional<Path> chromium = Browser.installed();
    assumeTrue(chromium.isPresent(), "no chromium");
    server = TaskModels.server();
    browser = new Browser(chromium.get(), profile, 1000, 800);
  }

  @AfterAll
  static void stop() throws Exception {
    if (browser != null) {
      browser.close();
    }
    if (server != null) {
      server.close();
    }
  }

  @BeforeEach
  void open() throws Exception {
    browser.open("about:blank");
    browser.open(server.address());
    browser.until("document.querySelectorAll('[role=tab]').length === 8");
    assertThat(browser.complaints()).isEmpty();
  }

  private void tab(String task) throws Exception {
    browser.click("#tab-" + task);
    browser.until("!document.getElementById('panel-" + task + "').hidden");
  }

  @Test
  void sentimentShowsLabelBarsAndWords() throws Exception {
    browser.type("#panel-sentiment textarea", "what a lovely place");
    browser.click("#panel-sentiment button.act");
    browser.until(
        "document.querySelector('#panel-sentiment .reading')?.innerText.includes('lovely')");
    assertThat(browser.text("#sentiment-label"))
        .containsPattern("(positive|negative|good|bad).* %");
    assertThat(
            browser
                .evaluate("document.querySelectorAll('#panel-sentiment .card meter').length")
                .getAsInt())
        .isGreaterThanOrEqualTo(2);
    assertThat(
            browser
                .evaluate("document.querySelectorAll('#panel-sentiment .word').length")
                .getAsInt())
        .isEqualTo(4);
    assertThat(browser.complaints()).isEmpty();
  }

  /** What somebody types is text, and never becomes part of the page. */
  @Test
  void markupIsText() throws Exception {
    browser.type("#panel-sentiment textarea", "<img src=x onerror=alert(1)> & <b>good</b>");
    browser.click("#panel-sentiment button.act");
    browser.until(
        "document.querySelector('#panel-sentiment .reading')?.innerText.includes('good')");
    assertThat(browser.evaluate("document.querySelectorAll('main img, main b').length").getAsInt())
        .isZero();
  }

  @Test
  void namesAreColoured() throws Exception {
    tab("ner");
    browser.type("#panel-ner textarea", "\uD83D\uDE00 Ada Lovelace lived in London.");
    browser.click("#panel-ner button.act");
    browser.until("document.querySelector('#panel-ner .reading')?.innerText.includes('Lovelace')");
    String text =
        browser
            .evaluate(
                "(() => { const all = document.querySelector('#panel-ner .reading').cloneNode(true);"
                    + " all.querySelectorAll('small').forEach(e => e.remove());"
                    + " return all.textContent; })()")
            .getAsString();
    assertThat(text)
        .isEqualTo("\uD83D\uDE00 Ada Lovelace lived in London."); // none lost, none twice
    assertThat(browser.evaluate("document.querySelectorAll('#panel-ner .span').length").getAsInt())
        .isPositive();
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void aTextGrowsAndShowsAlternatives() throws Exception {
    tab("charlm");
    browser.click("#panel-charlm button.act");
    browser.until("document.querySelectorAll('#charlm-text span.fresh').length === 400");
    browser.point("#charlm-text span.fresh:nth-of-type(20)");
    browser.until("document.querySelector('.tip')");
    assertThat(browser.text(".tip").lines()).hasSize(6).allMatch(line -> line.endsWith("%"));
    browser.click("#panel-charlm h2 + form button.act");
    browser.until("document.querySelectorAll('#panel-charlm table tr').length === 3");
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void wordsHaveAMapNeighboursAndAnalogies() throws Exception {
    tab("embeddings");
    browser.until("document.querySelectorAll('#panel-embeddings svg circle').length > 50");
    browser.type("#panel-embeddings input[type=search]", "king");
    browser.press("Enter", 13);
    browser.until("document.querySelectorAll('#embeddings-near tr').length === 10");
    assertThat(browser.evaluate("document.querySelectorAll('.dot.chosen').length").getAsInt())
        .isEqualTo(1);
    browser.click("#panel-embeddings h2 + form button.act");
    browser.until("document.querySelectorAll('#panel-embeddings line').length === 2");
    assertThat(browser.text("#embeddings-analogy")).isNotBlank();
    browser.type("#panel-embeddings input[type=search]", "zxqv");
    browser.press("Enter", 13);
    browser.until("document.querySelector('#panel-embeddings .error')");
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void aVoiceAndAFigureAreRecognised() throws Exception {
    tab("speech");
    browser.click("#speech-sample");
    browser.until("document.querySelector('#speech-text')");
    String seconds = "document.querySelector('#panel-speech audio')?.duration";
    browser.until(seconds + " > 0");
    browser.evaluate( // two seconds of silence, dropped
        """
        (() => {
          const wav = new DataView(new ArrayBuffer(44 + 64000));
          [...'RIFF'].forEach((c, i) => wav.setUint8(i, c.charCodeAt(0)));
          [...'WAVEfmt '].forEach((c, i) => wav.setUint8(8 + i, c.charCodeAt(0)));
          [...'data'].forEach((c, i) => wav.setUint8(36 + i, c.charCodeAt(0)));
          [[4, 64036], [16, 16], [24, 16000], [28, 32000], [40, 64000]].forEach(([at, n]) => wav.setUint32(at, n, true));
          [[20, 1], [22, 1], [32, 2], [34, 16]].forEach(([at, n]) => wav.setUint16(at, n, true));
          const dropped = new DataTransfer();
          dropped.items.add(new File([wav], 'silence.wav'));
          document.querySelector('.drop').dispatchEvent(
            new DragEvent('drop', {dataTransfer: dropped, bubbles: true, cancelable: true}));
        })()
        """);
    browser.until(seconds + " === 2");
    browser.click("#panel-speech button.act");
    browser.until("document.querySelector('#panel-speech button.act').innerText === 'Stop'");
    browser.evaluate("new Promise((then) => setTimeout(then, 300))");
    browser.click("#panel-speech button.act");
    browser.until(seconds + " > 0 && " + seconds + " < 2");
    tab("activity");
    browser.click("#panel-activity button.act");
    browser.until("document.querySelectorAll('#panel-activity meter').length >= 2");
    browser.until("document.querySelectorAll('#panel-activity polyline').length >= 2");
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void basesSpeakForALabelAndRegionsAreDrawn() throws Exception {
    tab("dna");
    browser.type("#panel-dna textarea", ">q GATTACA\nAAGATTACAAA");
    browser.click("#panel-dna button.act");
    browser.until("document.querySelectorAll('#panel-dna svg g').length === 11");
    assertThat(browser.evaluate("document.querySelectorAll('#panel-dna meter').length").getAsInt())
        .isEqualTo(2);
    browser.evaluate(
        "(() => { const s = document.querySelector('#panel-dna select'); s.selectedIndex = 1;"
            + " s.dispatchEvent(new Event('change')); })()");
    browser.type("#panel-dna textarea", "AAATAATAAATTGACGACGACGACGATTAATACGTCGTCGTCAATTTTTTTATT");
    browser.click("#panel-dna button.act");
    browser.until(
        "document.querySelector('#panel-dna p.bases')?.innerText"
            + " === 'AAATAATAAATTGACGACGACGACGATTAATACGTCGTCGTCAATTTTTTTATT'");
    assertThat(browser.evaluate("document.querySelectorAll('#panel-dna rect').length").getAsInt())
        .isPositive();
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void aPieceIsComposedHarmonisedAndPlayed() throws Exception {
    tab("music");
    browser.click("#panel-music button.act");
    browser.until("document.querySelector('#panel-music .card canvas')");
    String play = "#panel-music .card button.act";
    assertThat(browser.text(play)).isEqualTo("Play");
    browser.click(play);
    browser.until("document.querySelector('" + play + "').innerText === 'Stop'");
    browser.click(play);
    browser.until("document.querySelector('" + play + "').innerText === 'Play'");
    browser.click("#music-harmonise");
    browser.until("document.querySelectorAll('#panel-music .card').length === 2");
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void theKeyboardIsEnough() throws Exception {
    browser.evaluate("document.querySelector('[role=tab]').focus()");
    browser.press("ArrowRight", 39);
    browser.until("!document.getElementById('panel-ner').hidden");
    assertThat(browser.evaluate("document.activeElement.id").getAsString()).isEqualTo("tab-ner");
    browser.press("End", 35);
    browser.until("!document.getElementById('panel-music').hidden");
    browser.press("ArrowRight", 39);
    browser.until("!document.getElementById('panel-sentiment').hidden");
  }

  @Test
  void nothingComesFromElsewhereAndNothingIsTooWide() throws Exception {
    for (String task :
        List.of("sentiment", "ner", "charlm", "embeddings", "speech", "activity", "dna", "music")) {
      tab(task);
      assertThat(
              browser
                  .evaluate(
                      "document.documentElement.scrollWidth - document.documentElement.clientWidth")
                  .getAsInt())
          .as(task)
          .isLessThanOrEqualTo(0);
    }
    assertThat(
            browser
                .evaluate(
                    "performance.getEntriesByType('resource').filter(r => !r.name.startsWith(location.origin)).length")
                .getAsInt())
        .isZero();
  }

  @Test
  void theColoursFollowTheSystem() throws Exception {
    String colour = "getComputedStyle(document.body).backgroundColor";
    browser.emulate("prefers-color-scheme", "light");
    String light = browser.evaluate(colour).getAsString();
    browser.emulate("prefers-color-scheme", "dark");
    assertThat(browser.evaluate(colour).getAsString()).isNotEqualTo(light);
    browser.emulate("prefers-color-scheme", "light");
  }
}
