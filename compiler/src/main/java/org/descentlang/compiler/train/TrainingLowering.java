package org.descentlang.compiler.train;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.descentlang.compiler.ast.Declaration;
import org.descentlang.compiler.ast.Declaration.Definition;
import org.descentlang.compiler.ast.Declaration.Kind;
import org.descentlang.compiler.ast.Name;
import org.descentlang.compiler.ast.TrainClause;
import org.descentlang.compiler.autodiff.Gradient;
import org.descentlang.compiler.check.Declarations;
import org.descentlang.compiler.check.Overrides;
import org.descentlang.compiler.diagnostic.Code;
import org.descentlang.compiler.diagnostic.Problem;
import org.descentlang.compiler.diagnostic.Problems;
import org.descentlang.compiler.diagnostic.Suggestion;
import org.descentlang.compiler.ir.Output;
import org.descentlang.compiler.ir.Program;
import org.descentlang.compiler.ir.ProgramBuilder;
import org.descentlang.compiler.lower.Elaboration;
import org.descentlang.compiler.lower.ExpressionLowering;
import org.descentlang.compiler.lower.Mode;
import org.descentlang.compiler.lower.ModelLowering;
import org.descentlang.compiler.lower.Registry;
import org.descentlang.compiler.lower.ScalarReads;
import org.descentlang.compiler.model.DataSpec;
import org.descentlang.compiler.model.Duration;
import org.descentlang.compiler.model.Hyperparameter;
import org.descentlang.compiler.model.ModelSpec;
import org.descentlang.compiler.model.ParameterSpec;
import org.descentlang.compiler.model.Port;
import org.descentlang.compiler.model.ScheduleSpec;
import org.descentlang.compiler.model.StopSpec;
import org.descentlang.compiler.model.StopSpec.MetricReference;
import org.descentlang.compiler.model.TrainingSpec;
import org.descentlang.compiler.model.UpdateSpec;

/** One `train` as written to everything that it says. */
public final class TrainingLowering {
    private final Declaration.Train train;
    private final Declarations declarations;
    private final Overrides overrides;
    private final Problems problems;
    private final Function<String, Optional<DataSpec>> data;
    private final Clauses clauses;
    private final Registry registry = new Registry();
    private final ExpressionLowering lowering;
    private final Constants constants;

    /** @param data a declared `data` by name, lowered; empty if it is wrong */
    public TrainingLowering(
            Declaration.Train train,
            Declarations declarations,
            Overrides overrides,
            Problems problems,
            Function<String, Optional<DataSpec>> data) {
        this.train = train;
        this.declarations = declarations;
        this.overrides = overrides;
        this.problems = problems;
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

    /** What the clauses that are only numbers and words have come to. */
    private record Course(Duration length, RunClauses.Batch batch, RunClauses clauses) {}

    /** Empty if something was reported that leaves it without meaning. */
    public Optional<TrainingSpec> lower() {
        Optional<Subject> subject = subject();
        var optimizer = clauses.required(TrainClause.Optimizer.class, "optimizer", "optimizer adam(lr = 1e-3)");
        Optional<Course> course = course();
        if (subject.isEmpty() || optimizer.isEmpty()) {
            return Optional.empty();
        }
        var programs = new StepPrograms(
                subject.get().model(),
                subject.get().use().model(),
                subject.get().loss(),
                subject.get().data());
        var forward = programs.training(elaboration("gradient", Mode.TRAINING));
        forward.ifPresent(program -> checkData(subject.get(), program.inputs()));
        boolean trainable = forward.isPresent()
                && new LossCheck(declarations, problems)
                        .check(forward.get().program(), subject.get().loss().value());
        var updates = new UpdateClauses(
                optimizer.get(),
                clauses.all(TrainClause.Clip.class),
                program -> elaboration(program, Mode.TRAINING),
                problems);
        Optional<UpdateSpec> update = forward.flatMap(_ -> updates.lower(registry.parameters(), registry.running()));
        var metrics = new Metrics(declarations).of(clauses.all(TrainClause.Metric.class));
        Optional<Program> evaluation = forward.flatMap(_ -> programs.evaluation(
                clauses.all(TrainClause.Metric.class), metrics, elaboration("evaluation", Mode.INFERENCE)));
        var references = new MetricReferences(metrics, subject.get().data(), problems);
        Optional<StopSpec> stop = stop(references);
        Optional<MetricReference> keep = keep(references);
        Optional<ModelSpec> model = evaluation.flatMap(_ -> model(subject.get()));
        if (!trainable || update.isEmpty() || evaluation.isEmpty() || model.isEmpty() || course.isEmpty()) {
            return Optional.empty();
        }
        Program gradient = gradient(forward.get().program(), update.get(), updates);
        List<Hyperparameter> hyperparameters = hyperparameters(gradient, evaluation.get(), model.get(), update.get());
        return Optional.of(new TrainingSpec(
                train.name().text(),
                train.doc(),
                model.get(),
                subject.get().data(),
                gradient,
                evaluation.get(),
                update.get(),
                metrics,
                hyperparameters,
                schedules(hyperparameters, course.get()),
                course.get().batch().size(),
                course.get().batch().accumulate(),
                course.get().length(),
                course.get().clauses().shuffle(),
                stop,
                keep,
                course.get().clauses().seed(),
                course.get().clauses().device(),
                course.get().clauses().skipNonfinite(),
                course.get().clauses().defaults(),
                train.name().span()));
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

    private Optional<Course> course() {
        var run = new RunClauses(clauses, constants);
        Optional<Duration> length = run.length();
        var batch = run.batch(clauses.optional(TrainClause.DataSource.class).isPresent());
        run.unsupported();
        return length.isPresent() && batch.isPresent()
                ? Optional.of(new Course(length.get(), batch.get(), run))
                : Optional.empty();
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
            new DataMatching(problems).check(inputs, subject.data().get(), use);
        } else if (!inputs.isEmpty()) {
            problems.report(Problem.at(
                            subject.use().span(),
                            Code.MISSING_CLAUSE,
                            "the model has inputs, so `train %s` needs `data`".formatted(train.name()))
                    .also(inputs.getFirst().span(), "an input"));
        }
    }

    private Optional<ModelSpec> model(Subject subject) {
        return ModelLowering.specify(
                declarations,
                overrides,
                problems,
                registry,
                subject.model(),
                Optional.of(subject.use().model()));
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
        return Gradient.of(new Program(forward.name(), forward.instructions(), outputs), trained);
    }

    /** Those that some program reads: what is only a size or a choice is none. */
    private List<Hyperparameter> hyperparameters(
            Program gradient, Program evaluation, ModelSpec model, UpdateSpec update) {
        Set<String> read = new HashSet<>();
        for (Program program : List.of(gradient, evaluation, model.predict(), update.program())) {
            read.addAll(ScalarReads.of(program));
        }
        update.lookAhead().ifPresent(program -> read.addAll(ScalarReads.of(program)));
        return registry.hyperparameters().stream()
                .filter(hyperparameter -> read.contains(hyperparameter.path()))
                .toList();
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

    private Optional<StopSpec> stop(MetricReferences references) {
        var conditions = new StopConditions(references, new Durations(lowering), constants);
        return clauses.optional(TrainClause.Stop.class).flatMap(clause -> conditions.lower(clause.condition()));
    }

    private Optional<MetricReference> keep(MetricReferences references) {
        return clauses.optional(TrainClause.Keep.class).flatMap(clause -> references.resolve(clause.metric()));
    }

    private Elaboration elaboration(String program, Mode mode) {
        return new Elaboration(declarations, overrides, problems, mode, new ProgramBuilder(program), registry);
    }
}
