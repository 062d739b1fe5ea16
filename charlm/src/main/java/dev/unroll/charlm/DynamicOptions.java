package dev.unroll.charlm;

import dev.unroll.data.NetworkConfig;
import dev.unroll.data.UserError;
import dev.unroll.training.DynamicRates;
import java.util.List;
import picocli.CommandLine.Option;

/** Whether a model that is scored on a text learns from it as it reads. */
final class DynamicOptions {
  private static final int CHARACTERS = 20;
  private static final int WORDS = 5;

  @Option(
      names = "--dynamic",
      description =
          "Also let the model learn from each segment once it is scored, and score the next with"
              + " what it learnt (Krause et al. 2018).")
  private boolean dynamic;

  @Option(
      names = "--segment",
      paramLabel = "N",
      description = "With --dynamic, symbols of a segment; 20 characters or 5 words unless given.")
  private Integer segment;

  @Option(
      names = "--rate",
      paramLabel = "RATE",
      description = "With --dynamic, how fast it learns; 0.0005 unless given.")
  private Double rate;

  @Option(
      names = "--decay",
      paramLabel = "SHARE",
      description =
          "With --dynamic, how fast it goes back to what it learnt in training, from 0 to below 1;"
              + " 0.0003 unless given.")
  private Double decay;

  /** Refuses what makes no sense, before anything is read. */
  void check() {
    if (!dynamic && (segment != null || rate != null || decay != null)) {
      throw UserError.usage(
          "--segment, --rate and --decay say how a model learns as it reads; add --dynamic, or leave"
              + " them out");
    }
    NetworkConfig.atLeast("segment", segment == null ? 1 : segment, 1);
    rates();
  }

  private DynamicRates rates() {
    DynamicRates usual = DynamicRates.defaults();
    return new DynamicRates(
        rate == null ? usual.rate() : rate, decay == null ? usual.decay() : decay);
  }

  /** The scores that were asked for. */
  Evaluation evaluate(CharLmModel model, List<Passage> text) {
    if (!dynamic) {
      return model.evaluate(text);
    }
    int usual = model.config().level() == Level.WORD ? WORDS : CHARACTERS;
    return model.evaluate(text, segment == null ? usual : segment, rates());
  }
}
