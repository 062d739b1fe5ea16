package dev.unroll.dna;

import dev.unroll.cli.HtmlPage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Which bases mattered, as a page of HTML that needs nothing else: for every label the motif that
 * its strands have in common, as a sequence logo, and every strand with its letters as high as they
 * mattered.
 */
final class LogoPage {
  private LogoPage() {}

  static String of(List<Importance> explained, List<Motif> motifs) {
    return new HtmlPage(LogoPage.class, "logos.html")
        .include("LOGO", LogoPage.class, "logo.js")
        .fill("STRANDS", explained.stream().map(LogoPage::strand).toList())
        .fill("MOTIFS", motifs.stream().map(LogoPage::motif).toList())
        .html();
  }

  private static Map<String, Object> strand(Importance one) {
    Map<String, Object> shown = new LinkedHashMap<>();
    shown.put("id", one.id());
    shown.put("label", one.label());
    shown.put("probability", HtmlPage.rounded(one.probability()).get(0));
    shown.put("bases", one.bases().toString());
    shown.put("gradient", HtmlPage.rounded(one.gradient()));
    shown.put("loss", HtmlPage.rounded(one.loss()));
    List<List<Double>> mutations = new ArrayList<>();
    for (double[] place : one.mutations()) {
      mutations.add(HtmlPage.rounded(place));
    }
    shown.put("mutations", mutations);
    return shown;
  }

  private static Map<String, Object> motif(Motif motif) {
    Map<String, Object> shown = new LinkedHashMap<>();
    shown.put("label", motif.label());
    shown.put("strands", motif.strands());
    List<List<Double>> bits = new ArrayList<>();
    for (List<Double> place : motif.bits()) {
      bits.add(HtmlPage.rounded(place.stream().mapToDouble(b -> b).toArray()));
    }
    shown.put("bits", bits);
    return shown;
  }
}
