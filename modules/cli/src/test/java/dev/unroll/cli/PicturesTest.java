package dev.unroll.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unroll.cli.LineChart.Axis;
import dev.unroll.cli.LineChart.Point;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

class PicturesTest {
  @Test
  void noTextCanEndTheScriptOfAPage() {
    HtmlPage page = new HtmlPage(PicturesTest.class, "page.html");
    assertThat(page.fill("WORDS", List.of("a", "</script>")).html())
        .isEqualTo("<script>const words = [\"a\",\"\\u003c/script\\u003e\"];</script>\n");
    assertThatThrownBy(() -> page.fill("VERBS", List.of())).hasMessageContaining("/*VERBS*/[]");
    assertThatThrownBy(() -> new HtmlPage(PicturesTest.class, "none.html"))
        .hasMessageContaining("none.html is missing");
  }

  @Test
  void aScriptOfTheProgramStandsInThePage() {
    HtmlPage page = new HtmlPage(PicturesTest.class, "page.html");
    assertThat(page.include("WORDS", PicturesTest.class, "words.js").html())
        .isEqualTo("<script>const words = ['a'] ||\n[];</script>\n");
    assertThatThrownBy(() -> page.include("WORDS", PicturesTest.class, "words.js"))
        .hasMessageContaining("the template has no /*WORDS*/");
  }

  @Test
  void numbersOfAPictureHaveThreeDigits() {
    assertThat(HtmlPage.rounded(0.123456, 1234.5, 0)).containsExactly(0.123, 1230.0, 0.0);
    assertThat(HtmlPage.rounded(0.5f, -2.0049f)).containsExactly(0.5, -2.0);
  }

  @Test
  void aChartPlacesItsPointsBetweenTheEndsOfItsAxes() throws Exception {
    String svg =
        new LineChart(new Axis("share & more", 1, 0.5), new Axis("accuracy", 100, 25))
            .curve("<one>", List.of(new Point(0, 0, "none"), new Point(1, 100, "all")))
            .svg();
    Document xml =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)));
    assertThat(texts(xml, "text"))
        .contains("share & more", "accuracy", "<one>", "0.5", "0", "1", "75", "100");
    assertThat(texts(xml, "title")).containsExactly("none", "all");
    Element line = (Element) xml.getElementsByTagName("polyline").item(0);
    assertThat(line.getAttribute("points")).isEqualTo("60.0,360.0 840.0,20.0");
  }

  private static List<String> texts(Document xml, String tag) {
    var nodes = xml.getElementsByTagName(tag);
    return IntStream.range(0, nodes.getLength())
        .mapToObj(i -> nodes.item(i).getTextContent())
        .toList();
  }
}
