/**
 * Writes networks in the Open Neural Network Exchange format, so that other programs can answer
 * with them: ONNX Runtime in any of its languages, and what else reads the format.
 *
 * <p>A task describes its network once more, as a graph of ONNX operators, as it described it to
 * Deeplearning4j; {@link dev.unroll.onnx.NetworkNodes} has the layers that tasks are made of:
 *
 * <pre>{@code
 * OnnxGraph graph = new OnnxGraph("sentiment");
 * NetworkNodes layers = new NetworkNodes(graph, network);
 * Sequences words = Sequences.inputs(graph, "words");
 * String vectors = layers.embedding("embedding", words.steps());
 * String states = layers.recurrent("recurrent1", vectors, words.stepCounts());
 * …
 * graph.output("probabilities", probabilities, OnnxGraph.Type.FLOAT, "batch", labels.size());
 * graph.model(Map.of("labels", labels)).write(path);
 * }</pre>
 *
 * <p>Within a graph sequences lie as {@code [time, batch, features]}, which the recurrent operators
 * ask for; what goes in and out is {@code [batch, time, …]}. Operators are those of opset {@value
 * dev.unroll.onnx.OnnxGraph#OPSET} (ONNX 1.12).
 */
package dev.unroll.onnx;
