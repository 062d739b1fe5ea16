package dev.unroll.embeddings;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A picture of words as points, and of pairs of them as arrows: SVG, alone or in a page. */
final class WordMap {
  private static final int SIZE = 1000;
  private static final int MARGIN = 60;

  private final List<String> words;
  private final double[][] places;
  private final List<int[]> arrows = new ArrayList<>();

  /**
   * @param places {@code [words, 2]} in any unit
   */
  WordMap(List<String> words, double[][] places) {
    this.words = words;
    this.places = scaled(places);
  }

  /** The first two principal components of the words' directions; every word must be known. */
  static WordMap of(EmbeddingModel model, List<String> words) {
    float[][] units =
        words.stream().map(w -> model.search().unit(model.index(w))).toArray(float[][]::new);
    return new WordMap(words, Pca.project(units));
  }

  /** Draws an arrow between two of the words. */
  void arrow(String from, String to) {
    arrows.add(new int[] {words.indexOf(from), words.indexOf(to)});
  }

  private static double[][] scaled(double[][] places) {
    double reach = 1e-12;
    for (double[] place : places) {
      reach = Math.max(reach, Math.max(Math.abs(place[0]), Math.abs(place[1])));
    }
    double[][] scaled = new double[places.length][];
    double scale = (SIZE / 2.0 - MARGIN) / reach;
    for (int i = 0; i < places.length; i++) {
      scaled[i] =
          new double[] {SIZE / 2.0 + scale * places[i][0], SIZE / 2.0 - scale * places[i][1]};
    }
    return scaled;
  }

  /** The picture. */
  String svg() {
    StringBuilder svg = new StringBuilder();
    svg.append("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 1000 1000\" ")
        .append("font-family=\"sans-serif\" font-size=\"12\">\n")
        .append("<defs><marker id=\"tip\" viewBox=\"0 0 10 10\" refX=\"10\" refY=\"5\" ")
        .append("markerWidth=\"7\" markerHeight=\"7\" orient=\"auto\">")
        .append("<path d=\"M0 0L10 5L0 10z\" fill=\"#c33\"/></marker></defs>\n");
    for (int[] arrow : arrows) {
      double[] from = places[arrow[0]];
      double[] to = places[arrow[1]];
      svg.append(
          String.format(
              Locale.ROOT,
              "<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\" stroke=\"#c33\""
                  + " marker-end=\"url(#tip)\"/>%n",
              from[0],
              from[1],
              to[0],
              to[1]));
    }
    for (int i = 0; i < words.size(); i++) {
      svg.append(
          String.format(
              Locale.ROOT,
              "<g class=\"word\"><circle cx=\"%.1f\" cy=\"%.1f\" r=\"3\" fill=\"#357\"/>"
                  + "<text x=\"%.1f\" y=\"%.1f\">%s</text></g>%n",
              places[i][0],
              places[i][1],
              places[i][0] + 5,
              places[i][1] + 4,
              escape(words.get(i))));
    }
    return svg.append("</svg>\n").toString();
  }

  /** A page with the picture and a field that finds words in it; needs nothing from elsewhere. */
  String html() {
    return """
        <!DOCTYPE html>
        <html lang="en"><head><meta charset="utf-8"><title>Word map</title>
        <style>
        body { font-family: sans-serif; margin: 1em }
        svg { width: min(100%, 92vh); border: 1px solid #ccc }
        .word:hover text, .found text { font-size: 22px; font-weight: bold; fill: #c33 }
        .found circle { fill: #c33; r: 6 }
        </style></head><body>
        <input id="search" type="search" placeholder="find words" autofocus> <span id="count"></span><br>
        """
        + svg()
        + """
        <script>
        const words = [...document.querySelectorAll('.word')];
        document.getElementById('search').addEventListener('input', e => {
          const wanted = e.target.value.trim().toLowerCase();
          let n = 0;
          for (const g of words) {
            const hit = wanted !== '' && g.textContent.toLowerCase().includes(wanted);
            g.classList.toggle('found', hit);
            if (hit) { n++; g.parentNode.appendChild(g); }
          }
          document.getElementById('count').textContent = wanted === '' ? '' : n + ' found';
        });
        </script></body></html>
        """;
  }

  private static String escape(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
