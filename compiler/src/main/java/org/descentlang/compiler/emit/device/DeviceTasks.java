package org.descentlang.compiler.emit.device;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.descentlang.compiler.emit.text.Comments;
import org.descentlang.compiler.emit.text.Text;
import org.descentlang.compiler.ir.Op;
import org.descentlang.compiler.ir.Output;
import org.descentlang.compiler.plan.Affine;
import org.descentlang.compiler.plan.Code;
import org.descentlang.compiler.plan.Kernel;
import org.descentlang.compiler.plan.Node;
import org.descentlang.compiler.plan.Place;
import org.descentlang.compiler.plan.Plan;
import org.descentlang.compiler.plan.Product;
import org.descentlang.compiler.plan.Step;
import org.descentlang.compiler.type.Dim;
import org.descentlang.compiler.type.ElementType;

/** A plan as tasks in order. What one thread computes waits until a kernel needs it, so that it shares a task. */
public final class DeviceTasks {
    private static final int LONGEST = 60;

    private final Plan plan;
    private final DeviceScalars scalars;
    private final DeviceRoom room;
    private final boolean parallel;
    private final List<DeviceTask> tasks = new ArrayList<>();
    private final List<Consumer<DeviceMethod>> waiting = new ArrayList<>();
    private final Set<Integer> late = new HashSet<>();
    private int sequential;

    /** Writes what becomes of the result of a reduction to one number, or of a part of it. */
    @FunctionalInterface
    interface FoldEnd {
        /**
         * @param result what a thread has
         * @param part which part it is, where there are several
         */
        void write(DeviceMethod method, String result, String part);
    }

    private DeviceTasks(Plan plan, DeviceNumbers numbers, DeviceRoom room, boolean parallel) {
        this.plan = plan;
        this.scalars = new DeviceScalars(plan, numbers, room);
        this.room = room;
        this.parallel = parallel;
    }

    /** @param parallel false for kernels of one work item */
    public static DeviceTasks of(Plan plan, DeviceNumbers numbers, DeviceRoom room, boolean parallel) {
        var tasks = new DeviceTasks(plan, numbers, room, parallel);
        var steps = new ArrayDeque<>(plan.steps());
        while (!steps.isEmpty()) {
            tasks.add(steps.removeFirst(), steps);
        }
        tasks.flush();
        plan.commits().forEach(commit -> tasks.add(commit, steps));
        tasks.addResults();
        return tasks;
    }

    public List<DeviceTask> tasks() {
        return tasks;
    }

    /** Where in `scalars` a result is. */
    public int position(int value) {
        return scalars.position(value);
    }

    /** @param later what comes afterwards: what is taken in is removed there */
    private void add(Step step, Deque<Step> later) {
        switch (step) {
            case Step.Scalars computed -> computed.results().forEach(this::compute);
            case Step.Loop loop -> throw new IllegalArgumentException("a loop on a device: " + loop.name());
            case Kernel.Fold fold -> fold(fold, later);
            case Kernel.Rows rows -> {
                flushFor(List.of(rows.code()));
                add(rows, rows.name(), DeviceKernelWriter.rows(plan, scalars, rows.code(), parallel), inGroups(rows));
            }
            case Kernel.Columns columns -> {
                flushFor(List.of(columns.code()));
                add(
                        columns,
                        columns.name(),
                        DeviceKernelWriter.columns(plan, scalars, columns, parallel),
                        inGroups(columns));
            }
            case Kernel.Assembly assembly -> {
                flushFor(assembly.copies());
                assembly(assembly);
            }
            case Kernel.Library library when FusedRandom.isFused(plan, library.value()) -> {}
            case Kernel.Library library -> {
                flushFor(List.of());
                add(library, library.name(), new DeviceLibrary(plan, parallel).kernel(library), product(library));
            }
            case Kernel.Commit commit -> {
                flushFor(List.of());
                commit(commit);
            }
        }
    }

    private Optional<DeviceTask.Other> inGroups(Kernel.Rows rows) {
        if (!parallel || !DeviceGroupWriter.takes(plan, rows.code())) {
            return Optional.empty();
        }
        var method = DeviceGroupWriter.rows(plan, scalars, rows.code());
        return Optional.of(groups(rows.name(), method, DeviceGroupWriter.groups(plan, rows.code())));
    }

    private Optional<DeviceTask.Other> inGroups(Kernel.Columns columns) {
        if (!parallel || !DeviceGroupWriter.takes(plan, columns)) {
            return Optional.empty();
        }
        var method = DeviceGroupWriter.columns(plan, scalars, columns);
        return Optional.of(groups(columns.name(), method, DeviceGroupWriter.groups(columns)));
    }

    private static DeviceTask.Other groups(String name, DeviceMethod method, int count) {
        return new DeviceTask.Groups(method.build(name + "InGroups", ""), count);
    }

    private Optional<DeviceTask.Other> product(Kernel.Library library) {
        return switch (library.op()) {
            case Op.MatMul matMul
            when parallel -> {
                var product = Product.of(plan.program(), matMul, plan.program().instruction(library.value()));
                yield Optional.of(new DeviceTask.Library(new DeviceProduct(plan).describe(library, product)));
            }
            case Op.MatMul _, Op.Random _, Op.Gather _, Op.ScatterAdd _ -> Optional.empty();
            case Op.Convolve _, Op.WindowArgMax _, Op.Pick _, Op.PutBack _ -> Optional.empty();
        };
    }

    private void add(Kernel kernel, String name, DeviceMethod method) {
        add(kernel, name, method, Optional.empty());
    }

    private void add(Kernel kernel, String name, DeviceMethod method, Optional<DeviceTask.Other> other) {
        String origins = Comments.origins(plan.program(), kernel.instructions());
        var built = method.build(name, Comments.code(origins));
        // What no result needs is not stored, so such a kernel may be left with nothing to write to.
        if (!built.parameters().isEmpty()) {
            tasks.add(new DeviceTask(built, other));
        }
    }

    /** What the host has to compute before the tasks run: a method of `numbers`. */
    public Optional<MethodSpec> onHost() {
        return scalars.onHost(plan.name() + "OnHost");
    }

    private void compute(int value) {
        if (scalars.isGiven(value)) {
            return;
        }
        waiting.add(method -> scalars.compute(method, value));
        late.add(value);
    }

    /** Before a kernel that needs what waits, or may write where it reads or read where it writes. */
    private void flushFor(List<Code> kernel) {
        if (late.stream().anyMatch(this::usesMemory) || kernel.stream().anyMatch(this::needsWhatWaits)) {
            flush();
        }
    }

    private boolean usesMemory(int value) {
        boolean reads = plan.fetches().containsKey(value)
                || plan.program().instruction(value).operands().stream().anyMatch(plan.fetches()::containsKey);
        return reads || plan.placeOf(value).isPresent();
    }

    private boolean needsWhatWaits(Code code) {
        return code.lines().stream().anyMatch(line -> switch (line.node()) {
            case Node.Host host -> late.contains(host.value());
            case Node.Load load -> late.contains(load.value());
            case Node.Literal _, Node.Position _, Node.Apply _, Node.Reduced _ -> false;
        });
    }

    private void flush() {
        for (int start = 0; start < waiting.size(); start += LONGEST) {
            var method = new DeviceMethod(plan, parallel);
            waiting.subList(start, Math.min(waiting.size(), start + LONGEST)).forEach(write -> write.accept(method));
            sequential++;
            tasks.add(new DeviceTask(method.build(plan.name() + "Scalars" + sequential, ""), Optional.empty()));
        }
        waiting.clear();
        late.clear();
    }

    private void fold(Kernel.Fold fold, Deque<Step> later) {
        flushFor(List.of(fold.code()));
        Division division = Division.of(plan, fold.code(), parallel);
        if (division.parts() == 1) {
            fold(fold, division, atTheEnd(fold.value(), later));
            return;
        }
        int first = room.partials(division.parts());
        fold(fold, division, (method, result, part) -> {
            String partials = method.doubles("partials");
            method.statement("$L.set($L + $L, $L)", partials, first, part, result);
        });
        waiting.add(into -> combine(into, fold.value(), division.parts(), first));
        late.add(fold.value());
    }

    private void fold(Kernel.Fold fold, Division division, FoldEnd end) {
        Optional<DeviceTask.Other> inGroups = division.takesGroups()
                ? Optional.of(groups(
                        fold.name(), DeviceGroupWriter.fold(plan, scalars, fold, division, end), division.parts()))
                : Optional.empty();
        add(fold, fold.name(), DeviceKernelWriter.fold(plan, scalars, fold, division, end, parallel), inGroups);
    }

    /** One thread has the result: it also computes what waits, and the single numbers that come next. */
    private FoldEnd atTheEnd(int value, Deque<Step> later) {
        if (waiting.size() > LONGEST) {
            flush();
        }
        var before = List.copyOf(waiting);
        waiting.clear();
        late.clear();
        List<Integer> next = next(later);
        return (method, result, _) -> {
            before.forEach(write -> write.accept(method));
            scalars.set(method, value, CodeBlock.of("$L", result));
            next.forEach(number -> scalars.compute(method, number));
        };
    }

    private List<Integer> next(Deque<Step> later) {
        if (!(later.peekFirst() instanceof Step.Scalars(var results))
                || results.size() > LONGEST
                || results.stream().anyMatch(this::usesMemory)) {
            return List.of();
        }
        later.removeFirst();
        return results.stream().filter(number -> !scalars.isGiven(number)).toList();
    }

    /** In order, so that the sum is the same from run to run. */
    private void combine(DeviceMethod method, int value, int parts, int first) {
        Op.Reduce reduce = (Op.Reduce) plan.program().instruction(value).op();
        String partials = method.doubles("partials");
        String name = "r" + value;
        method.statement("double $L = $L.get($L)", name, partials, first);
        method.openLoop("1", "part" + value, Integer.toString(parts), "1", false);
        Text next = Text.primary("$L.get($L + part$L)", partials, first, value);
        Text combined = DeviceText.combined(reduce.reduction(), false, Text.primary(name), next);
        method.statement("$L = $L", name, combined.code());
        method.close(1);
        scalars.set(method, value, CodeBlock.of("$L", name));
    }

    private void assembly(Kernel.Assembly assembly) {
        Place place = plan.place(assembly.value());
        if (assembly.zeroFirst()) {
            Dim count = plan.program().type(assembly.value()).shape().count();
            boolean real = plan.program().type(assembly.value()).element() == ElementType.F32;
            add(assembly, assembly.name() + "Zero", filled(place, count, real ? "0f" : "0"));
        }
        int number = 1;
        for (Code copy : assembly.copies()) {
            add(assembly, assembly.name() + "Copy" + number++, DeviceKernelWriter.rows(plan, scalars, copy, parallel));
        }
    }

    private DeviceMethod filled(Place place, Dim count, String value) {
        var method = new DeviceMethod(plan, parallel);
        int open = method.openParallel(List.of(0), List.of(count));
        method.set(place, Affine.variable(0), CodeBlock.of("$L", value));
        method.close(open);
        return method;
    }

    private void commit(Kernel.Commit commit) {
        Dim count = plan.program().type(commit.value()).shape().count();
        var method = new DeviceMethod(plan, parallel);
        int open = method.openParallel(List.of(0), List.of(count));
        method.set(commit.target(), Affine.variable(0), method.get(plan.place(commit.value()), Affine.variable(0)));
        method.close(open);
        add(commit, commit.name(), method);
    }

    /** Constants and what kernels have left in memory; other single numbers are among the scalars already. */
    private void addResults() {
        Set<Integer> computed = new HashSet<>();
        plan.steps().stream()
                .filter(step -> step instanceof Step.Scalars || step instanceof Kernel.Fold)
                .forEach(step -> computed.addAll(step.results()));
        for (Output output : plan.program().outputs()) {
            int value = output.value();
            boolean number = output.sink() == Output.Sink.RESULT
                    && plan.program().type(value).isScalar()
                    && computed.add(value);
            if (number && plan.placeOf(value).isPresent()) {
                waiting.add(method -> scalars.fetch(method, value));
            } else if (number) {
                waiting.add(method -> scalars.compute(method, value));
            }
        }
        flush();
    }
}
