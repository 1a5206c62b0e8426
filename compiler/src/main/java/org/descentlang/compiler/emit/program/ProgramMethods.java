package org.descentlang.compiler.emit.program;

import static org.descentlang.compiler.emit.text.RuntimeNames.DIVIDED_KERNEL;
import static org.descentlang.compiler.emit.text.RuntimeNames.FOLDED_KERNEL;
import static org.descentlang.compiler.emit.text.RuntimeNames.MATRIX_PRODUCT;

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
    private Scratch scratch = Scratch.NONE;

    private ProgramMethods(Plan plan, Frame frame, Places names, ScalarSource source) {
        this.plan = plan;
        var members = Stream.concat(Stream.of(plan.name()), plan.kernels().map(Kernel::name))
                .toList();
        var scalarNames = new ScalarNames(plan.program(), members);
        this.shared = new SharedKernels(plan, scalarNames, frame, names);
        this.places = new PlanPlaces(plan, names, frame.ownMemory());
        this.scalars = HostScalars.inFields(plan, scalarNames, source, places);
        this.kernelCalls = new KernelCalls(plan, frame, places, scalars, fields);
        this.libraryCalls = new LibraryCalls(plan, source, places, fields);
    }

    public static ProgramMethods of(Plan plan, Frame frame, Places names, ScalarSource source) {
        return of(plan, frame, names, source, Optional.empty());
    }

    /** @param search what is shown every value, if it is to be found where one is not finite */
    public static ProgramMethods of(
            Plan plan, Frame frame, Places names, ScalarSource source, Optional<String> search) {
        var methods = new ProgramMethods(plan, frame, names, source);
        Optional<FiniteChecks> checks =
                search.map(field -> new FiniteChecks(plan, methods.places, methods.scalars, field));
        for (Step step : plan.steps()) {
            methods.add(methods.statements(step));
            checks.ifPresent(found -> methods.add(found.of(step)));
        }
        plan.commits().forEach(commit -> methods.add(methods.commit(commit)));
        return methods;
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
        return fields.stream().anyMatch(field -> field.type().equals(MATRIX_PRODUCT));
    }

    /** Whether it needs a team of threads. */
    public boolean usesTeam() {
        var ofTeams = Set.of(DIVIDED_KERNEL, FOLDED_KERNEL, MATRIX_PRODUCT);
        return fields.stream().anyMatch(field -> ofTeams.contains(field.type()));
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
        scalars.fields().forEach(value -> type.addField(scalars.type(value), scalars.field(value)));
        type.addFields(fields);
        return LongMethod.inParts(
                runName, Stream.concat(statements.stream(), afterwards.stream()).toList());
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
        var block = CodeBlock.builder()
                .addStatement(
                        "$L = $L", scalars.field(fold.value()), kernelCalls.fold(fold, reduce.reduction(), use(fold)));
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
            block.add(kernelCalls.run(copying, new KernelMethod.Use(forms.plain(), List.of(), List.of()), false));
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
