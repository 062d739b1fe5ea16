/**
 * The command line that all tasks share: what the options are called, what goes to which stream,
 * how an error looks, how a program ends. The only place in the house that prints or knows exit
 * codes.
 *
 * <p>A task's main class names its verbs; a verb mixes in the groups of options it needs and calls
 * the library. This is the smallest task that there is, which answers every text with the commonest
 * label:
 *
 * <pre>{@code
 * @Command(
 *     name = "unroll majority",
 *     description = "Answer every text with the commonest label.",
 *     subcommands = {TrainCommand.class, EvaluateCommand.class, ClassifyCommand.class})
 * public final class Majority {
 *   public static void main(String... args) {
 *     System.exit(Cli.run(new Majority(), args));
 *   }
 * }
 *
 * @Command(name = "train", description = "Learn the commonest label.")
 * final class TrainCommand implements Runnable {
 *   @Mixin private DataOptions data; // --train --dev --test --folds --format --charset
 *   @Mixin private ModelOptions model; // --model
 *   @Mixin // --config
 *   private final ConfigOptions<MajorityConfig> settings =
 *       new ConfigOptions<>(Majority.class, MajorityConfig::with);
 *   @Mixin private TrainingOptions training; // --epochs … --seed --threads --dev-fraction --resume
 *   @Mixin private AnswerOptions answer; // --json
 *
 *   @Option(names = "--min-count", description = "Rarer labels are not learnt.")
 *   private Integer minCount; // a setting of the configuration, by its name
 *
 *   @Override
 *   public void run() {
 *     data.checkTargets(model);
 *     MajorityConfig config = settings.config();
 *     var notes = data.read(NoteFiles.SAMPLE, NoteFiles::read);
 *     Splitter<Note> splitter = Splitter.stratified(config.training().seed(), Note::label);
 *     List<Split<Note>> splits = data.splits(notes, splitter, config.devFraction());
 *     try (TrainSession session = new TrainSession("notes", model, answer)) {
 *       session.run(
 *           splits,
 *           NoteFiles::describe,
 *           new Scoring<>(Confusion::toMap, Confusion::plus),
 *           (split, target) -> train(config, split, target, session));
 *     }
 *   }
 *
 *   private static Trained<Note, Confusion> train(
 *       MajorityConfig config, Split<Note> split, Path target, TrainSession session) {
 *     var trainer = new MajorityTrainer(config, session.progress(), session::interrupted);
 *     var trained = trainer.train(split);
 *     trained.model().save(target);
 *     Outcome outcome = trained.outcome();
 *     return new Trained<>(outcome, "accuracy", outcome.metrics(), trained.model()::evaluate);
 *   }
 * }
 *
 * @Command(name = "classify", description = "Label texts, one a line.")
 * final class ClassifyCommand implements Runnable {
 *   @Mixin private ModelOptions model;
 *   @Mixin private AnswerOptions answer;
 *   @Mixin private CharsetOptions charset;
 *   @Mixin private TextOptions texts; // --text, or files of a text a line
 *
 *   @Override
 *   public void run() {
 *     MajorityModel loaded = MajorityModel.load(model.model());
 *     Answers answers = answer.answers();
 *     texts.answer(
 *         charset.charset(),
 *         loaded::classify,
 *         note -> answers.print(note, note.label() + "\t" + note.text()),
 *         answers::flush);
 *   }
 * }
 * }</pre>
 *
 * <p>An option whose name is a key of the task's configuration is an override of it wherever it is
 * declared, so a task adds settings of its own with a plain {@code @Option}. Help, versions, {@code
 * --verbose} and {@code @FILE} come with {@link dev.unroll.cli.Cli}, and Ctrl-C, {@code --folds}
 * and the report with {@link dev.unroll.cli.TrainSession}. A task whose {@code train} tells its
 * listener a score on dev has the verb {@code trials} too, and does nothing for it.
 */
package dev.unroll.cli;
