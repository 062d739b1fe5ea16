package dev.unroll.music;

import dev.unroll.cli.HtmlPage;
import java.util.List;

/** Pieces as a page of HTML that shows and plays them, and needs nothing else. */
final class MusicPage {
  private MusicPage() {}

  static String of(List<Explanation> pieces) {
    return new HtmlPage(MusicPage.class, "music.html")
        .include("ROLL", MusicPage.class, "roll.js")
        .fill("PIECES", pieces.stream().map(Explanation::toMap).toList())
        .html();
  }
}
