/**
 * The command line that all tasks share: what the options are called, what goes to which stream,
 * how an error looks, how a program ends. The only place in the house that prints or knows exit
 * codes.
 *
 * <p>A task's main class names its verbs; a verb mixes in the groups of options it needs and calls
 * the library:
 *
 * <pre>{@code
 * @Command(
 *     name = "sentiment",
 *     description = "Says how a text feels.",
 *     subcommands = {Train.class, Evaluate.class, Classify.class})
 * public final class Sentiment {
 *   public static void main(String[] args) {
 *     System.exit(Cli.run(new Sentiment(), args));
 *   }
 * }
 *
 * @Command(name = "train", description = "Trains a model.")
 * final class Train implements Callable<Integer> {
 *   @Mixin DataOptions data;          // --train --dev --test --format --charset
 *   @Mixin ModelOptions model;        // --model
 *   @Mixin ConfigOptions config;      // --config
 *   @Mixin NetworkOptions network;    // --cell --layers --hidden --bidirectional --dropout
 *   @Mixin TrainingOptions training;  // --epochs … --threads --dev-fraction --resume
 *   @Mixin VectorOptions vectors;     // --vectors --freeze-vectors
 *   @Mixin AnswerOptions answers;     // --json
 *
 *   @Override
 *   public Integer call() {
 *     var overrides = config.overrides(Sentiment.class, List.of("tiny"), KEYS).values();
 *     var settings = Settings.with(SentimentConfig.defaults(), overrides);
 *     try (var interruption = Interruption.listen();
 *         var progress = new ConsoleProgress("reviews")) {
 *       ...                           // polls interruption::requested
 *       answers.answers().print(object, text);
 *       return interruption.requested() ? ExitCode.INTERRUPTED : ExitCode.DONE;
 *     }
 *   }
 * }
 *
 * @Command(name = "classify", description = "Answers a line with a label.")
 * final class Classify implements Runnable {
 *   @Mixin ModelOptions model;
 *   @Mixin AnswerOptions answers;
 *
 *   @Override
 *   public void run() {
 *     Answers out = answers.answers();
 *     Conversation.run(
 *         Conversation.items(reader::next), 64, loaded::classify, o -> out.print(...), out::flush);
 *   }
 * }
 * }</pre>
 *
 * <p>An option whose name is a key of the task's configuration is an override of it wherever it is
 * declared, so a task adds settings of its own with a plain {@code @Option}. Help, versions, {@code
 * --verbose} and {@code @FILE} come with {@link dev.unroll.cli.Cli}.
 */
package dev.unroll.cli;
