package org.descentlang.compiler.emit.program;

import static org.descentlang.compiler.emit.text.RuntimeNames.TEAM_TASK;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import javax.lang.model.element.Modifier;
import org.descentlang.compiler.emit.kernel.KernelForms;
import org.descentlang.compiler.emit.kernel.KernelMethod;
import org.descentlang.compiler.emit.kernel.LongMethod;
import org.descentlang.compiler.emit.kernel.SharedKernels;
import org.descentlang.compiler.emit.text.Accumulation;
import org.descentlang.compiler.emit.text.Comments;
import org.descentlang.compiler.emit.text.Positions;
import org.descentlang.compiler.emit.text.ScalarNames;
import org.descentlang.compiler.emit.text.ScalarSource;
import org.descentlang.compiler.ir.Op;
import org.descentlang.compiler.plan.Code;
import org.descentlang.compiler.plan.Kernel;
import org.descentlang.compiler.plan.Place;
import org.descentlang.compiler.plan.Plan;
import org.descentlang.compiler.plan.Step;
import org.descentlang.compiler.type.Dim;
import org.descentlang.compiler.type.ElementType;

/**
 * A plan's orchestration as members of a class: a small method for each step, and one that calls them in order. The
 * class has fields named like the slabs, `rows`, `capacity`, `team`, `threads`, `products`, `partials`, `lanes` and
 * `sums`.
 */
public final class ProgramMethods {
    private final Plan plan;
    private final ScalarSource source;
    private final SharedKernels shared;
    private final HostScalars scalars;
    private final KernelCalls kernelCalls;
    private final FiniteChecks finite;
    private final List<MethodSpec> kernelMethods = new ArrayList<>();
    private final List<IntFunction<KernelMethod>> vectorKernels = new ArrayList<>();
    private final List<FieldSpec> fields = new ArrayList<>();
    private final List<MethodSpec> methods = new ArrayList<>();
    private final List<String> calls = new ArrayList<>();
    private final List<Optional<CodeBlock>> checks = new ArrayList<>();

    private ProgramMethods(Plan plan, String receiver, ScalarSource source) {
        this.plan = plan;
        this.source = source;
        var names = new ScalarNames(plan.program());
        this.shared = new SharedKernels(plan, names);
        this.scalars = HostScalars.inFields(plan, names, source);
        this.kernelCalls = new KernelCalls(plan, receiver, scalars);
        this.finite = new FiniteChecks(plan);
    }

    /** @param receiver what kernels are called on, with a dot, or nothing */
    public static ProgramMethods of(Plan plan, String receiver, ScalarSource source) {
        var methods = new ProgramMethods(plan, receiver, source);
        methods.addFields();
        int number = 1;
        for (Step step : plan.steps()) {
            methods.add(step, plan.name() + number++);
        }
        plan.commits().forEach(methods::addCommit);
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

    /** Adds fields and methods; the first, {@code runName}, carries the program out. */
    public void addTo(TypeSpec.Builder type, String runName) {
        addTo(type, runName, List.of());
    }

    /** @param afterwards the last statements of {@code runName} */
    public void addTo(TypeSpec.Builder type, String runName, List<CodeBlock> afterwards) {
        type.addFields(fields);
        var statements = new ArrayList<CodeBlock>();
        calls.forEach(call -> statements.add(CodeBlock.of("$L();\n", call)));
        statements.addAll(afterwards);
        LongMethod.inParts(runName, "void", statements).forEach(type::addMethod);
        methods.forEach(type::addMethod);
    }

    /** Adds a method that carries the program out and says where the first value that is not finite appears, or "". */
    public void addCheckTo(TypeSpec.Builder type, String checkName) {
        var statements = new ArrayList<CodeBlock>();
        int steps = calls.size() - plan.commits().size();
        for (int i = 0; i < steps; i++) {
            statements.add(CodeBlock.of("$L();\n$L", calls.get(i), checks.get(i).orElse(CodeBlock.of(""))));
        }
        LongMethod.inParts(checkName, "String", statements).forEach(type::addMethod);
    }

    /** A result that is a single number, as an expression. */
    public CodeBlock result(int value) {
        return scalars.result(value);
    }

    private void addFields() {
        for (int value : scalars.fields()) {
            fields.add(FieldSpec.builder(scalars.type(value), scalars.field(value), Modifier.PRIVATE)
                    .build());
        }
    }

    private void add(Step step, String name) {
        switch (step) {
            case Step.Scalars computed -> addScalars(computed, name);
            case Kernel.Rows rows -> addLoops(rows, name);
            case Kernel.Columns columns -> addLoops(columns, name);
            case Kernel.Fold fold -> addFold(fold, name);
            case Kernel.Assembly assembly -> addAssembly(assembly, name);
            case Kernel.Library library when library.isSmallProduct() -> addLoops(library, name);
            case Kernel.Library library -> {
                LibraryCalls.field(library).ifPresent(fields::add);
                addStep(name, LibraryCalls.of(plan, source, library), finite.of(library));
            }
            case Kernel.Commit commit -> addCommit(commit);
        }
    }

    private void addStep(String name, CodeBlock body, Optional<CodeBlock> check) {
        methods.add(MethodSpec.methodBuilder(name)
                .addModifiers(Modifier.PRIVATE)
                .addCode(body)
                .build());
        calls.add(name);
        checks.add(check);
    }

    private void addScalars(Step.Scalars computed, String name) {
        var body = CodeBlock.builder();
        scalars.statements(computed.results()).forEach(body::addStatement);
        if (!body.isEmpty()) {
            addStep(name, body.build(), Optional.empty());
        }
    }

    private void addLoops(Kernel kernel, String name) {
        addStep(name, run(name, kernel, method(kernel)), finite.of(kernel));
    }

    /** How a kernel is called; its text is kept with the first kernel of those that share it. */
    private KernelMethod method(Kernel kernel) {
        var sharing = shared.sharing(kernel);
        if (sharing.getFirst().equals(kernel)) {
            keep(sharing, shared.forms(kernel));
        }
        return shared.method(kernel);
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
    }

    /** The call of a kernel, over threads if that pays. */
    private CodeBlock run(String name, Kernel kernel, KernelMethod method) {
        if (!kernel.parallel() || method.split().isEmpty()) {
            return kernelCalls.whole(method);
        }
        String parts = KernelCalls.parts(method);
        task(name, kernelCalls.part(method, parts));
        return overTeam(name, parts);
    }

    private void task(String name, CodeBlock body) {
        String part = name + "Part";
        fields.add(FieldSpec.builder(TEAM_TASK, name + "Task", Modifier.PRIVATE, Modifier.FINAL)
                .initializer("this::$L", part)
                .build());
        methods.add(MethodSpec.methodBuilder(part)
                .addModifiers(Modifier.PRIVATE)
                .addParameter(int.class, "part")
                .addCode(body)
                .build());
    }

    private void addFold(Kernel.Fold fold, String name) {
        KernelMethod method = method(fold);
        String field = scalars.field(fold.value());
        var body = CodeBlock.builder();
        if (fold.parts() == 1) {
            body.addStatement("$L = $L", field, kernelCalls.sum(method, 1));
        } else {
            task(
                    name,
                    CodeBlock.builder()
                            .addStatement("partials[part] = $L", kernelCalls.sum(method, fold.parts()))
                            .build());
            body.add(overTeam(name, Integer.toString(fold.parts())));
            combine(fold, field, body);
        }
        plan.placeOf(fold.value()).ifPresent(place -> body.addStatement(scalars.keep(fold.value(), place)));
        addStep(name, body.build(), finite.of(fold, field));
    }

    private void combine(Kernel.Fold fold, String field, CodeBlock.Builder body) {
        boolean real = plan.program().type(fold.value()).element() == ElementType.F32;
        Op.Reduce reduce = (Op.Reduce) plan.program().instruction(fold.value()).op();
        String cast = real ? "" : "(int) ";
        body.addStatement("$L = $Lpartials[0]", field, cast);
        body.beginControlFlow("for (int part = 1; part < $L; part++)", fold.parts());
        body.addStatement(Accumulation.step(reduce.reduction(), field, CodeBlock.of("$Lpartials[part]", cast)));
        body.endControlFlow();
    }

    private void addAssembly(Kernel.Assembly assembly, String name) {
        var body = CodeBlock.builder();
        Place place = plan.place(assembly.value());
        if (assembly.zeroFirst()) {
            Dim count = plan.program().type(assembly.value()).shape().count();
            body.addStatement("$L", Memory.filled(place, count));
        }
        int number = 1;
        for (Code copy : assembly.copies()) {
            String copying = name + "Copy" + number++;
            KernelForms forms = shared.forms(copying, copy);
            keep(List.of(assembly), forms);
            body.add(kernelCalls.whole(forms.plain()));
        }
        addStep(name, body.build(), finite.of(assembly));
    }

    private void addCommit(Kernel.Commit commit) {
        Dim count = plan.program().type(commit.value()).shape().count();
        if (commit.parallel()) {
            var split = new KernelMethod.Split(count, Long.MAX_VALUE);
            var part = CodeBlock.builder()
                    .addStatement("int from = $L", KernelCalls.startOfPart(split, "threads"))
                    .add(copy(commit, "from", KernelCalls.endOfPart(split, "threads") + " - from"));
            task(commit.name(), part.build());
            addStep(commit.name(), overTeam(commit.name(), "threads"), Optional.empty());
        } else {
            addStep(commit.name(), copy(commit, "0", Positions.size(count)), Optional.empty());
        }
    }

    private CodeBlock copy(Kernel.Commit commit, String from, String count) {
        Place source = plan.place(commit.value());
        return CodeBlock.builder()
                .addStatement(
                        "$T.arraycopy($L, $L, $L, $L, $L)",
                        System.class,
                        source.slab().text(),
                        Memory.at(source, from),
                        commit.target().slab().text(),
                        Memory.at(commit.target(), from),
                        count)
                .build();
    }

    private static CodeBlock overTeam(String name, String parts) {
        return CodeBlock.builder()
                .addStatement("team.run($LTask, $L)", name, parts)
                .build();
    }
}
