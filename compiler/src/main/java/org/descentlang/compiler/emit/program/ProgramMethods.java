package org.descentlang.compiler.emit.program;

import static org.descentlang.compiler.emit.text.RuntimeNames.CONVOLUTION;
import static org.descentlang.compiler.emit.text.RuntimeNames.DIVIDED_KERNEL;
import static org.descentlang.compiler.emit.text.RuntimeNames.FOLDED_KERNEL;
import static org.descentlang.compiler.emit.text.RuntimeNames.MATRIX_PRODUCT;
import static org.descentlang.compiler.emit.text.RuntimeNames.PICKED_POSITIONS;
import static org.descentlang.compiler.emit.text.RuntimeNames.WINDOW_MAXIMUM;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import javax.lang.model.element.Modifier;
import org.descentlang.compiler.emit.kernel.Frame;
import org.descentlang.compiler.emit.kernel.KernelForms;
import org.descentlang.compiler.emit.kernel.KernelMethod;
import org.descentlang.compiler.emit.kernel.LongMethod;
import org.descentlang.compiler.emit.kernel.Places;
import org.descentlang.compiler.emit.kernel.Scratch;
import org.descentlang.compiler.emit.kernel.SharedKernels;
import org.descentlang.compiler.emit.text.Comments;
import org.descentlang.compiler.emit.text.Positions;
import org.descentlang.compiler.emit.text.ScalarNames;
import org.descentlang.compiler.emit.text.ScalarSource;
import org.descentlang.compiler.ir.Op;
import org.descentlang.compiler.plan.Code;
import org.descentlang.compiler.plan.Kernel;
import org.descentlang.compiler.plan.Plan;
import org.descentlang.compiler.plan.Step;

/**
 * A plan's orchestration as members of a class: fields for what is prepared once and for single numbers, and a method
 * that runs its steps in order. The class has a field `rows`; its {@link Frame} says where memory is.
 */
public final class ProgramMethods {
    private final Plan plan;
    private final SharedKernels shared;
    private final PlanPlaces places;
    private final HostScalars scalars;
    private final KernelCalls kernelCalls;
    private final LibraryCalls libraryCalls;
    private final List<MethodSpec> kernelMethods = new ArrayList<>();
    private final List<IntFunction<KernelMethod>> vectorKernels = new ArrayList<>();
    private final List<FieldSpec> fields = new ArrayList<>();
    private final List<CodeBlock> statements = new ArrayList<>();
    private final List<ProgramMethods> turns = new ArrayList<>();
    private final Frame frame;
    private final Places names;
    private final ScalarSource source;
    private final Optional<String> search;
    private final List<String> taken;
    private final List<String> members;
    private Scratch scratch = Scratch.NONE;

    /**
     * @param taken names of other members of the class
     * @param counter the field that counts the turns, if this is the plan of a loop's turns
     */
    private ProgramMethods(
            Plan plan,
            Frame frame,
            Places names,
            ScalarSource source,
            Optional<String> search,
            List<String> taken,
            String counter) {
        this.plan = plan;
        this.frame = frame;
        this.names = names;
        this.source = source;
        this.search = search;
        this.taken = taken;
        this.members = Stream.concat(Stream.of(plan.name()), stepNames(plan))
                .distinct()
                .toList();
        var scalarNames = new ScalarNames(
                plan.program(),
                Stream.concat(taken.stream(), members.stream()).distinct().toList());
        this.shared = new SharedKernels(plan, scalarNames, frame, names);
        this.places = new PlanPlaces(plan, names, frame.ownMemory());
        this.scalars = HostScalars.inFields(plan, scalarNames, source, places);
        this.kernelCalls = new KernelCalls(plan, frame, places, scalars, fields);
        this.libraryCalls = new LibraryCalls(plan, source, places, fields, counter);
    }

    private static Stream<String> stepNames(Plan plan) {
        return plan.steps().stream().flatMap(step -> switch (step) {
            case Step.Loop loop -> Stream.of(loop.name());
            case Kernel kernel -> Stream.of(kernel.name());
            case Step.Scalars _ -> Stream.of();
        });
    }

    public static ProgramMethods of(Plan plan, Frame frame, Places names, ScalarSource source) {
        return of(plan, frame, names, source, Optional.empty());
    }

    /** @param search what is shown every value, if it is to be found where one is not finite */
    public static ProgramMethods of(
            Plan plan, Frame frame, Places names, ScalarSource source, Optional<String> search) {
        return new ProgramMethods(plan, frame, names, source, search, List.of(), "").written();
    }

    private ProgramMethods written() {
        Optional<FiniteChecks> checks = search.map(field -> new FiniteChecks(plan, places, scalars, field));
        for (Step step : plan.steps()) {
            add(statements(step));
            checks.ifPresent(found -> add(found.of(step)));
        }
        plan.commits().forEach(commit -> add(commit(commit)));
        return this;
    }

    /** Kernels as plain loops. */
    public List<MethodSpec> kernelMethods() {
        return kernelMethods;
    }

    boolean hasVectors() {
        return !vectorKernels.isEmpty();
    }

    /** Those that have a form for vectors of so many lanes. */
    List<KernelMethod> vectorMethods(int lanes) {
        return vectorKernels.stream().map(kernel -> kernel.apply(lanes)).toList();
    }

    /** What kernels are lent of memory. */
    public Scratch scratch() {
        return scratch;
    }

    public boolean usesProducts() {
        var ofProducts = Set.of(MATRIX_PRODUCT, CONVOLUTION, WINDOW_MAXIMUM);
        return fields.stream().anyMatch(field -> ofProducts.contains(field.type()))
                || turns.stream().anyMatch(ProgramMethods::usesProducts);
    }

    /** Whether it needs a team of threads. */
    public boolean usesTeam() {
        var ofTeams =
                Set.of(DIVIDED_KERNEL, FOLDED_KERNEL, MATRIX_PRODUCT, CONVOLUTION, WINDOW_MAXIMUM, PICKED_POSITIONS);
        return fields.stream().anyMatch(field -> ofTeams.contains(field.type()))
                || turns.stream().anyMatch(ProgramMethods::usesTeam);
    }

    /** Adds fields, and a method that carries the program out. */
    public void addTo(TypeSpec.Builder type, String runName) {
        addTo(type, runName, List.of()).forEach(type::addMethod);
    }

    /**
     * Adds fields.
     *
     * @param afterwards the last statements
     * @return a method that carries the program out, and its parts
     */
    public List<MethodSpec> addTo(TypeSpec.Builder type, String runName, List<CodeBlock> afterwards) {
        addFields(type);
        var methods = new ArrayList<>(LongMethod.inParts(
                runName, Stream.concat(statements.stream(), afterwards.stream()).toList()));
        addTurns(methods);
        return methods;
    }

    private void addFields(TypeSpec.Builder type) {
        scalars.fields().forEach(value -> type.addField(scalars.type(value), scalars.field(value)));
        type.addFields(fields);
        turns.forEach(turn -> turn.addFields(type));
    }

    private void addTurns(List<MethodSpec> methods) {
        for (ProgramMethods turn : turns) {
            methods.addAll(LongMethod.inParts(turn.plan.name(), turn.statements));
            turn.addTurns(methods);
        }
    }

    /** Of all members so far. */
    private Stream<String> names() {
        return Stream.concat(
                Stream.concat(members.stream(), scalars.fields().stream().map(scalars::field)),
                turns.stream().flatMap(ProgramMethods::names));
    }

    /** A field counts, since kernels that run on other threads read it. */
    private CodeBlock loop(Step.Loop loop) {
        fields.add(FieldSpec.builder(int.class, loop.name(), Modifier.PRIVATE).build());
        List<String> all = Stream.concat(taken.stream(), names()).distinct().toList();
        var turn = new ProgramMethods(
                        loop.body(), frame, names.of(loop.body()), source.in(loop.name()), search, all, loop.name())
                .written();
        turns.add(turn);
        kernelMethods.addAll(turn.kernelMethods);
        vectorKernels.addAll(turn.vectorKernels);
        scratch = scratch.and(turn.scratch);
        var given = plan.program().instruction(loop.results().getFirst()).operands();
        var carried = loop.body().places().keySet();
        var block = CodeBlock.builder();
        for (Step.Copy copy : loop.before()) {
            block.addStatement(
                    "$T.arraycopy($L, $L, $L)",
                    System.class,
                    places.start(copy.from(), given),
                    turn.places.start(copy.to(), carried),
                    Positions.size(copy.count()));
        }
        String header = loop.backwards() ? "for ($1L = $2L; $1L >= 0; $1L--)" : "for ($1L = 0; $1L < $2L; $1L++)";
        return block.beginControlFlow(header, loop.name(), loop.backwards() ? loop.turns() - 1 : loop.turns())
                .addStatement("$L()", loop.body().name())
                .endControlFlow()
                .build();
    }

    /** A result that is a single number, as an expression. */
    public CodeBlock result(int value) {
        return scalars.result(value);
    }

    private void add(CodeBlock block) {
        if (!block.isEmpty()) {
            statements.add(block);
        }
    }

    private CodeBlock statements(Step step) {
        return switch (step) {
            case Step.Loop loop -> loop(loop);
            case Step.Scalars computed -> joined(scalars.statements(computed.results()));
            case Kernel.Rows rows -> loops(rows);
            case Kernel.Columns columns -> loops(columns);
            case Kernel.Fold fold -> fold(fold);
            case Kernel.Assembly assembly -> assembly(assembly);
            case Kernel.Library library when library.isSmallProduct() -> loops(library);
            case Kernel.Library library -> libraryCalls.call(library);
            case Kernel.Commit commit -> commit(commit);
        };
    }

    private static CodeBlock joined(List<CodeBlock> statements) {
        var block = CodeBlock.builder();
        statements.forEach(block::addStatement);
        return block.build();
    }

    private CodeBlock loops(Kernel kernel) {
        return kernelCalls.run(kernel.name(), use(kernel), kernel.parallel());
    }

    /** How a kernel is called; its text is kept with the first kernel of those that share it. */
    private KernelMethod.Use use(Kernel kernel) {
        var sharing = shared.sharing(kernel);
        if (sharing.getFirst().equals(kernel)) {
            keep(sharing, shared.forms(kernel));
        }
        return shared.use(kernel);
    }

    private void keep(List<Kernel> kernels, KernelForms forms) {
        var instructions = kernels.stream()
                .flatMap(kernel -> kernel.instructions().stream())
                .toList();
        String doc = Comments.shared(kernels.stream().map(Kernel::name).toList())
                + Comments.code(Comments.origins(plan.program(), instructions));
        MethodSpec plain = forms.plain().method();
        kernelMethods.add(
                doc.isEmpty() ? plain : plain.toBuilder().addJavadoc("$L", doc).build());
        forms.vectors().ifPresent(vectorKernels::add);
        scratch = scratch.and(forms.plain().scratch());
    }

    private CodeBlock fold(Kernel.Fold fold) {
        Op.Reduce reduce = (Op.Reduce) plan.program().instruction(fold.value()).op();
        KernelMethod.Use use = use(fold);
        var block = CodeBlock.builder()
                .add(kernelCalls.placed(fold.name(), use))
                .addStatement("$L = $L", scalars.field(fold.value()), kernelCalls.fold(fold, reduce.reduction(), use));
        if (plan.placeOf(fold.value()).isPresent()) {
            block.addStatement(scalars.keep(fold.value()));
        }
        return block.build();
    }

    private CodeBlock assembly(Kernel.Assembly assembly) {
        var block = CodeBlock.builder();
        if (assembly.zeroFirst()) {
            block.addStatement(libraryCalls.filled(assembly.value()));
        }
        int number = 1;
        for (Code copy : assembly.copies()) {
            String copying = assembly.name() + "Copy" + number++;
            KernelForms forms = shared.forms(copying, copy);
            keep(List.of(assembly), forms);
            block.add(kernelCalls.run(
                    copying, new KernelMethod.Use(forms.plain(), shared.moving(copy), List.of()), false));
        }
        return block.build();
    }

    private CodeBlock commit(Kernel.Commit commit) {
        String count =
                Positions.size(plan.program().type(commit.value()).shape().count());
        if (!commit.parallel()) {
            return CodeBlock.builder().addStatement(copy(commit, "0", count)).build();
        }
        fields.add(FieldSpec.builder(DIVIDED_KERNEL, commit.name(), Modifier.PRIVATE, Modifier.FINAL)
                .initializer(
                        "new $T($Lteam, Integer.MAX_VALUE, (_, from, to) -> $L)",
                        DIVIDED_KERNEL,
                        places.memory(),
                        copy(commit, "from", "to - from"))
                .build());
        return CodeBlock.builder()
                .addStatement("$L.run($L)", commit.name(), count)
                .build();
    }

    private CodeBlock copy(Kernel.Commit commit, String from, String count) {
        return CodeBlock.of(
                "$T.arraycopy($L, $L, $L, $L, $L)",
                System.class,
                places.array(commit.value()),
                places.at(commit.value(), from),
                places.target(commit),
                places.targetAt(commit, from),
                count);
    }
}
