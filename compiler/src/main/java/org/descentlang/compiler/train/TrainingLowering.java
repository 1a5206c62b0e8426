package org.descentlang.compiler.train;

import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.descentlang.compiler.ast.DataClause;
import org.descentlang.compiler.ast.Declaration;
import org.descentlang.compiler.ast.Declaration.Definition;
import org.descentlang.compiler.ast.Declaration.Kind;
import org.descentlang.compiler.ast.Expression;
import org.descentlang.compiler.ast.Name;
import org.descentlang.compiler.ast.Statement;
import org.descentlang.compiler.ast.TrainClause;
import org.descentlang.compiler.autodiff.Gradient;
import org.descentlang.compiler.diagnostic.Code;
import org.descentlang.compiler.diagnostic.Problem;
import org.descentlang.compiler.diagnostic.Problems;
import org.descentlang.compiler.diagnostic.Suggestion;
import org.descentlang.compiler.ir.Op;
import org.descentlang.compiler.ir.Output;
import org.descentlang.compiler.ir.Program;
import org.descentlang.compiler.ir.ProgramBuilder;
import org.descentlang.compiler.ir.StackedName;
import org.descentlang.compiler.lower.Elaboration;
import org.descentlang.compiler.lower.ExpressionLowering;
import org.descentlang.compiler.lower.Mode;
import org.descentlang.compiler.lower.ModelLowering;
import org.descentlang.compiler.lower.Primitives;
import org.descentlang.compiler.lower.Registry;
import org.descentlang.compiler.lower.ScalarReads;
import org.descentlang.compiler.lower.Session;
import org.descentlang.compiler.model.DataSpec;
import org.descentlang.compiler.model.Hyperparameter;
import org.descentlang.compiler.model.ModelSpec;
import org.descentlang.compiler.model.ParameterSpec;
import org.descentlang.compiler.model.Port;
import org.descentlang.compiler.model.ScheduleSpec;
import org.descentlang.compiler.model.Totals;
import org.descentlang.compiler.model.TrainingSpec;
import org.descentlang.compiler.model.UpdateSpec;
import org.descentlang.compiler.names.Declarations;
import org.descentlang.compiler.pass.OutOfLoops;
import org.descentlang.compiler.pass.Repetition;
import org.descentlang.compiler.source.Span;
import org.descentlang.compiler.train.RunClauses.Course;
import org.descentlang.description.MetricReference;
import org.descentlang.description.ProgramRole;
import org.descentlang.description.StopCondition;

/** One `train` as written to everything that it says. */
public final class TrainingLowering {
    private final Declaration.Train train;
    private final Session session;
    private final Declarations declarations;
    private final Problems problems;
    private final Function<String, Optional<DataSpec>> data;
    private final Clauses clauses;
    private final Registry registry = new Registry();
    private final ExpressionLowering lowering;
    private final Constants constants;

    /** @param data a declared `data` by name, lowered; empty if it is wrong */
    public TrainingLowering(Declaration.Train train, Session session, Function<String, Optional<DataSpec>> data) {
        this.train = train;
        this.session = session;
        this.declarations = session.declarations();
        this.problems = session.problems();
        this.data = data;
        this.clauses = new Clauses(train, problems);
        this.lowering = new ExpressionLowering(elaboration("clauses", Mode.TRAINING));
        this.constants = new Constants(lowering);
    }

    /** What the clauses about model, loss and data have come to. */
    private record Subject(
            Definition model,
            TrainClause.Model use,
            TrainClause.Loss loss,
            Optional<DataSpec> data,
            Optional<TrainClause.DataSource> dataClause) {}

    /** Everything that steps are made of. */
    private record Programs(
            Program forward, Map<ProgramRole, Program> byRole, Totals totals, ModelSpec model, UpdateSpec update) {}

    /** Empty if something was reported that leaves it without meaning. */
    public Optional<TrainingSpec> lower() {
        Optional<Subject> subject = subject();
        var optimizer = clauses.required(TrainClause.Optimizer.class, "optimizer", "optimizer adam(lr = 1e-3)");
        boolean examples = clauses.optional(TrainClause.DataSource.class).isPresent();
        Optional<Course> course =
                new RunClauses(clauses, new Durations(lowering), constants, session.overrides()).course(examples);
        if (subject.isEmpty() || optimizer.isEmpty() || !hasExamplesForInputs(subject.get())) {
            return Optional.empty();
        }
        var metrics = Metrics.of(clauses.all(TrainClause.Metric.class), declarations);
        var references = new MetricReferences(
                metrics,
                unknownMetrics(),
                declarations.names(Kind.METRIC),
                subject.get().data(),
                problems);
        Optional<StopCondition> stop = stop(references);
        Optional<MetricReference> keep = keep(references);
        course.ifPresent(known -> new UnreadLosses(clauses, problems).check(known, stop));
        Optional<Programs> programs = programs(subject.get(), optimizer.get(), metrics);
        if (programs.isEmpty() || course.isEmpty()) {
            checkSchedules();
            return Optional.empty();
        }
        checkBatch(programs.get().forward(), course.get());
        references.check(programs.get().totals());
        warn(subject.get(), course.get(), references);
        return Optional.of(specify(subject.get(), programs.get(), metrics, course.get(), stop, keep));
    }

    private void checkBatch(Program forward, Course course) {
        var clause = clauses.optional(TrainClause.Batch.class);
        if (clause.isEmpty() || !course.batch().size().equals(OptionalInt.of(1))) {
            return;
        }
        for (Span variance : BatchVariance.in(forward)) {
            problems.report(Problem.at(
                            variance,
                            Code.ONE_EXAMPLE,
                            "this takes the variance of a single example, which is always 0")
                    .also(clause.get().span(), "one example per batch"));
        }
    }

    /** Of what is right and has no effect. */
    private void warn(Subject subject, Course course, MetricReferences references) {
        var unreachable =
                new Unreachable(new Timeline(course.length(), course.batch().examples()), problems);
        unreachable.metrics(clauses.all(TrainClause.Metric.class), subject.data(), references.askForTrain());
        clauses.all(TrainClause.Stop.class).forEach(stop -> unreachable.condition(stop.condition()));
    }

    private Optional<Programs> programs(
            Subject subject, TrainClause.Optimizer optimizer, List<TrainingSpec.Metric> metrics) {
        var programs = new StepPrograms(
                subject.model(), subject.use().model(), subject.loss(), subject.data(), broken(subject));
        var updates = new UpdateClauses(
                optimizer,
                clauses.all(TrainClause.Clip.class),
                program -> elaboration(program, Mode.TRAINING),
                problems);
        Elaboration training = elaboration("gradient", Mode.TRAINING);
        if (!updates.frozen().isEmpty()) {
            training.freeze(frozenLayers(subject, updates));
        }
        var forward = programs.training(training);
        if (forward.isEmpty()) {
            return Optional.empty();
        }
        checkData(subject, forward.get().inputs());
        boolean trainable = new LossCheck(declarations, problems, loss -> isLoss(subject, loss))
                .check(forward.get().program(), subject.loss().value());
        Optional<UpdateLowering.Lowered> update = updates.lower(registry.parameters(), registry.running());
        Optional<MetricCut.Cut> evaluation = programs.evaluation(
                clauses.all(TrainClause.Metric.class), metrics, elaboration("evaluation", Mode.INFERENCE));
        if (!trainable || update.isEmpty() || evaluation.isEmpty()) {
            return Optional.empty();
        }
        UpdateSpec spec = update.get().spec();
        var byRole = new EnumMap<>(update.get().programs());
        byRole.put(ProgramRole.GRADIENT, gradient(forward.get().program(), spec, updates));
        byRole.put(ProgramRole.EVALUATION, evaluation.get().evaluation());
        byRole.put(ProgramRole.GRADIENT_NORM, GradientNorm.of(spec));
        return model(subject)
                .map(model -> new Programs(
                        forward.get().program(), byRole, evaluation.get().totals(), model, spec));
    }

    private boolean isLoss(Subject subject, Expression candidate) {
        var loss = new TrainClause.Loss(candidate, subject.loss().keyword(), candidate.span());
        return new StepPrograms(subject.model(), subject.use().model(), loss, subject.data(), broken(subject))
                .training(new Elaboration(session.silent(), Mode.TRAINING, new ProgramBuilder("trial"), new Registry()))
                .isPresent();
    }

    private TrainingSpec specify(
            Subject subject,
            Programs programs,
            List<TrainingSpec.Metric> metrics,
            Course course,
            Optional<StopCondition> stop,
            Optional<MetricReference> keep) {
        List<Hyperparameter> hyperparameters = hyperparameters(programs);
        return new TrainingSpec(
                train.name().text(),
                train.doc(),
                programs.model(),
                subject.data(),
                programs.byRole(),
                programs.totals(),
                programs.update(),
                subject.loss().value().span().text(),
                metrics,
                hyperparameters,
                schedules(hyperparameters, course),
                course.batch().size(),
                course.batch().accumulate(),
                course.length(),
                course.shuffle(),
                stop,
                keep,
                course.seed(),
                course.device(),
                course.skipNonfinite(),
                course.defaults(),
                train.name().span());
    }

    private Optional<Subject> subject() {
        var use = clauses.required(TrainClause.Model.class, "model", "model Mlp");
        var loss = clauses.required(TrainClause.Loss.class, "loss", "loss mse(y, target)");
        var dataClause = clauses.optional(TrainClause.DataSource.class);
        Optional<Definition> model = use.flatMap(clause -> declared(
                declarations.definition(Kind.MODEL, clause.model().callee().text()),
                clause.model().callee(),
                "model",
                declarations.names(Kind.MODEL)));
        Optional<DataSpec> examples = dataClause.flatMap(
                clause -> declared(declarations.data(clause.data().text()), clause.data(), "data", dataNames())
                        .flatMap(found -> data.apply(found.name().text())));
        if (model.isEmpty() || loss.isEmpty() || dataClause.isPresent() && examples.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Subject(model.get(), use.orElseThrow(), loss.get(), examples, dataClause));
    }

    private <T> Optional<T> declared(Optional<T> found, Name name, String kind, Collection<String> known) {
        if (found.isEmpty()) {
            problems.report(Problem.at(
                    name.span(),
                    Code.UNKNOWN_NAME,
                    "there is no %s `%s`%s".formatted(kind, name, Suggestion.didYouMean(name.text(), known))));
        }
        return found;
    }

    private List<String> dataNames() {
        return declarations.data().stream()
                .map(declaration -> declaration.name().text())
                .toList();
    }

    private void checkData(Subject subject, List<Port> inputs) {
        if (subject.data().isPresent()) {
            Name use = subject.dataClause().orElseThrow().data();
            new DataMatching(problems, broken(subject))
                    .check(inputs, subject.data().get(), use);
        }
    }

    /** Without data there is nothing that a loss, a metric or a condition could be about. */
    private boolean hasExamplesForInputs(Subject subject) {
        Optional<Statement.InputDeclaration> input = subject.model().body().stream()
                .filter(Statement.InputDeclaration.class::isInstance)
                .map(Statement.InputDeclaration.class::cast)
                .findFirst()
                .filter(_ -> subject.dataClause().isEmpty());
        input.ifPresent(found -> problems.report(Problem.at(
                        subject.use().span(),
                        Code.MISSING_CLAUSE,
                        "the model has inputs, so `train %s` needs `data`".formatted(train.name()))
                .also(found.name().span(), "an input")));
        return input.isEmpty();
    }

    /** Fields of the data that are written, and wrong. */
    private Set<String> broken(Subject subject) {
        Set<String> names = new HashSet<>();
        subject.dataClause()
                .flatMap(clause -> declarations.data(clause.data().text()))
                .ifPresent(declared -> declared.clauses().forEach(clause -> {
                    switch (clause) {
                        case DataClause.Field field -> names.add(field.name().text());
                        case DataClause.RandomField field ->
                            names.add(field.name().text());
                        case DataClause.From _, DataClause.SplitFrom _, DataClause.Examples _, DataClause.Split _ -> {}
                    }
                }));
        subject.data().ifPresent(data -> data.fields().forEach(field -> names.remove(field.name())));
        return names;
    }

    private Optional<ModelSpec> model(Subject subject) {
        return model(subject, session, registry);
    }

    private Optional<ModelSpec> model(Subject subject, Session asking, Registry registered) {
        return ModelLowering.specify(
                asking, registered, subject.model(), Optional.of(subject.use().model()));
    }

    /** Asks a model made for this alone what its layers hold; what is wrong with it is reported of the other. */
    private Predicate<String> frozenLayers(Subject subject, UpdateClauses updates) {
        return model(subject, session.silent(), new Registry())
                .<Predicate<String>>map(model -> new FrozenLayers(model, updates.frozen()))
                .orElse(layer -> false);
    }

    /** Only what is trained has a gradient, and frozen running state is not written. */
    private static Program gradient(Program forward, UpdateSpec update, UpdateClauses clauses) {
        List<Output> outputs = forward.outputs().stream()
                .filter(output ->
                        output.sink() != Output.Sink.RUNNING || !Selectors.matchesPath(clauses.frozen(), output.name()))
                .toList();
        List<String> trained = update.groups().stream()
                .flatMap(group -> group.parameters().stream())
                .map(ParameterSpec::path)
                .toList();
        Program trainable = OutOfLoops.move(new Program(forward.name(), forward.instructions(), outputs));
        Program folded = Repetition.fold(trainable);
        return Gradient.of(areTogether(folded, Set.copyOf(trained)) ? folded : trainable, trained);
    }

    /** Whether what a loop's turns read for themselves is trained in all of them or in none. */
    private static boolean areTogether(Program folded, Set<String> trained) {
        return folded.instructions().stream()
                .flatMap(instruction -> instruction.op() instanceof Op.Read read
                        ? StackedName.of(read.name()).stream()
                        : Stream.empty())
                .allMatch(names -> names.indices()
                                .mapToObj(names::name)
                                .map(trained::contains)
                                .distinct()
                                .count()
                        == 1);
    }

    private List<Hyperparameter> hyperparameters(Programs programs) {
        Set<String> read = new HashSet<>();
        programs.byRole().values().forEach(program -> read.addAll(ScalarReads.of(program)));
        read.addAll(ScalarReads.of(programs.totals().formula()));
        read.addAll(ScalarReads.of(programs.model().predict()));
        return new NumbersInUse(registry, read).all();
    }

    private List<ScheduleSpec> schedules(List<Hyperparameter> hyperparameters, Course course) {
        var lowering = new ScheduleLowering(
                () -> elaboration("schedule", Mode.TRAINING),
                new ScheduleTargets(hyperparameters, problems),
                new Timeline(course.length(), course.batch().examples()));
        var schedules = new ArrayList<ScheduleSpec>();
        for (TrainClause.Schedule clause : clauses.all(TrainClause.Schedule.class)) {
            lowering.lower(clause).ifPresent(schedules::add);
        }
        return schedules;
    }

    /** What can be said of schedules while it is not known what there is to schedule. */
    private void checkSchedules() {
        var binding = new SegmentBinding(lowering);
        clauses.all(TrainClause.Schedule.class).forEach(clause -> binding.bind(clause.value()));
    }

    /** Names after `metric` that nothing has: what they should have been called is not known. */
    private Set<String> unknownMetrics() {
        return clauses.all(TrainClause.Metric.class).stream()
                .map(TrainClause.Metric::value)
                .filter(Expression.Call.class::isInstance)
                .map(call -> ((Expression.Call) call).callee())
                .filter(name -> !Primitives.names().contains(name.text()))
                .filter(name -> declarations
                        .definition(List.of(Kind.METRIC, Kind.LOSS, Kind.FUNCTION), name)
                        .isEmpty())
                .map(Name::text)
                .collect(Collectors.toSet());
    }

    private Optional<StopCondition> stop(MetricReferences references) {
        var conditions = new StopConditions(references, new Durations(lowering), constants);
        return clauses.optional(TrainClause.Stop.class).flatMap(clause -> conditions.lower(clause.condition()));
    }

    private Optional<MetricReference> keep(MetricReferences references) {
        return clauses.optional(TrainClause.Keep.class)
                .flatMap(clause -> references.ofEpoch(clause.metric(), clause.direction()));
    }

    private Elaboration elaboration(String program, Mode mode) {
        return new Elaboration(session, mode, new ProgramBuilder(program), registry);
    }
}
