/**
 * What a task tells a server about its models: which verbs they have, what a verb reads, and which
 * tab of the page shows it. There is no server here, only its questions: a task answers them with a
 * {@link dev.unroll.serving.TaskService}, which a server finds with {@link
 * java.util.ServiceLoader}.
 *
 * <pre>{@code
 * public final class SentimentService implements TaskService {
 *   public String task() {
 *     return "sentiment";
 *   }
 *
 *   public ServedModel load(Path file) {
 *     SentimentModel model = SentimentModel.load(file);
 *     Verb<String> classify =
 *         Verb.answering(
 *             "classify", "Label texts.", Input.text(), List.of(), "I liked it.",
 *             (texts, arguments) -> model.classify(texts));
 *     return new ServedModel(List.of(classify), Map.of("labels", model.labels()));
 *   }
 *   …
 * }
 * }</pre>
 *
 * <p>An answer is the object that the verb of the command line prints with {@code --json}, so that
 * command and server cannot differ.
 */
package dev.unroll.serving;
