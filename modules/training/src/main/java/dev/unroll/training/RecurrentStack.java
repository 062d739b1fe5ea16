package dev.unroll.training;

import dev.unroll.data.NetworkConfig;
import dev.unroll.layers.Bidirectional;
import dev.unroll.layers.Gru;
import dev.unroll.layers.Lstm;
import dev.unroll.layers.Recurrent;
import dev.unroll.layers.SimpleRnn;
import dev.unroll.layers.dropout.SequenceDropout;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.dropout.IDropout;

/** Adds the recurrent layers of a {@link NetworkConfig} to a graph: the middle of every network. */
public final class RecurrentStack {
  private RecurrentStack() {}

  /**
   * Adds the stacked layers, with {@link NetworkConfig#dropout()} between them.
   *
   * @param below the name of what the first layer reads, {@code [batch, features, time]}
   * @param inputDropout probability with which the first layer's input loses a value in training
   * @param seed of what is dropped
   * @return the name of the last layer, whose output is {@code [batch, config.width(), time]}
   */
  public static String add(
      GraphBuilder graph, String below, NetworkConfig config, double inputDropout, long seed) {
    String top = below;
    for (int i = 1; i <= config.layers(); i++) {
      String name = name(i);
      IDropout dropout = dropout(i == 1 ? inputDropout : config.dropout(), seed, i);
      Recurrent layer = layer(config.cell(), config.hidden(), dropout);
      graph.addLayer(name, config.bidirectional() ? new Bidirectional(layer) : layer, top);
      top = name;
    }
    return top;
  }

  /** The name of a layer of the stack, counted from 1. */
  public static String name(int layer) {
    return "recurrent" + layer;
  }

  /**
   * Dropout of single values; null, which is none, for a rate of 0.
   *
   * @param place tells the dropouts of one network apart, so that they do not drop alike
   */
  public static IDropout dropout(double rate, long seed, int place) {
    return rate == 0 ? null : new SequenceDropout(rate, seed * 1_000_003 + place);
  }

  /**
   * One recurrent layer of one direction.
   *
   * @param dropout of its input, or null
   */
  public static Recurrent layer(NetworkConfig.Cell cell, int hidden, IDropout dropout) {
    return switch (cell) {
      case LSTM -> new Lstm.Builder().nOut(hidden).dropOut(dropout).build();
      case GRU -> new Gru.Builder().nOut(hidden).dropOut(dropout).build();
      case GRU_RESET_AFTER ->
          new Gru.Builder().resetAfter(true).nOut(hidden).dropOut(dropout).build();
      case RNN -> new SimpleRnn.Builder().nOut(hidden).dropOut(dropout).build();
    };
  }
}
