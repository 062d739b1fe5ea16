package dev.unroll.music;

import dev.unroll.cli.HtmlPage;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Pieces as a page of HTML that shows and plays them, and needs nothing else. */
final class MusicPage {
  private MusicPage() {}

  static String of(List<Explanation> pieces) {
    return new HtmlPage(MusicPage.class, "music.html")
        .fill("PIECES", pieces.stream().map(MusicPage::map).toList())
        .html();
  }

  private static Map<String, Object> map(Explanation piece) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("name", piece.name());
    map.put("notes", piece.notes());
    map.put("bars", piece.bars());
    map.put("seconds", piece.seconds());
    map.put("natsPerStep", piece.natsPerStep());
    map.put("abc", piece.abc());
    piece.nearest().ifPresent(near -> map.put("nearest", near));
    return map;
  }
}
