package dev.unroll.cli.trials;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * How numbers lie around their mean.
 *
 * @param mean their sum by their count
 * @param deviation the standard deviation by count less one; NaN for one number alone
 */
public record Spread(double mean, double deviation, double least, double most) {
  /** Of at least one number. */
  public static Spread of(Collection<Double> numbers) {
    double mean = numbers.stream().mapToDouble(x -> x).sum() / numbers.size();
    double squares = numbers.stream().mapToDouble(x -> (x - mean) * (x - mean)).sum();
    double deviation = numbers.size() == 1 ? Double.NaN : Math.sqrt(squares / (numbers.size() - 1));
    return new Spread(
        mean,
        deviation,
        numbers.stream().mapToDouble(x -> x).min().orElseThrow(),
        numbers.stream().mapToDouble(x -> x).max().orElseThrow());
  }

  /** By name, as JSON shows it. */
  Map<String, Object> toMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("mean", mean);
    map.put("deviation", deviation);
    map.put("least", least);
    map.put("most", most);
    return map;
  }

  @Override
  public String toString() {
    return Double.isNaN(deviation)
        ? String.format(Locale.ROOT, "%.4f", mean)
        : String.format(Locale.ROOT, "%.4f ± %.4f (%.4f to %.4f)", mean, deviation, least, most);
  }
}
