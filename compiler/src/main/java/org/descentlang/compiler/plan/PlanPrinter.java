package org.descentlang.compiler.plan;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.descentlang.compiler.ir.Instruction;
import org.descentlang.compiler.ir.Op;
import org.descentlang.compiler.ir.Program;
import org.descentlang.compiler.type.Dim;

/** A plan as text: its kernels, what is fused into each, and the memory they use. */
public final class PlanPrinter {
    private static final int MOST_LINES = 4;
    private static final int BYTES = 4;

    private final Plan plan;
    private final Program program;
    private final StringBuilder text = new StringBuilder();

    private PlanPrinter(Plan plan) {
        this.plan = plan;
        this.program = plan.program();
    }

    public static String print(Plan plan) {
        var printer = new PlanPrinter(plan);
        printer.printPlan();
        return printer.text.toString();
    }

    /** Each kernel of a plan by name. */
    public static Map<String, KernelSummary> summaries(Plan plan) {
        var summaries = new HashMap<String, KernelSummary>();
        Stream.concat(plan.kernels(), plan.commits().stream()).forEach(kernel -> {
            var printer = new PlanPrinter(plan);
            printer.kernel(kernel);
            String heading = printer.text.toString().lines().findFirst().orElse("");
            summaries.put(
                    kernel.name(), new KernelSummary(heading.strip().replaceAll(" +", " "), printer.places(kernel)));
        });
        for (Step step : plan.steps()) {
            if (step instanceof Step.Loop loop) {
                summaries.putAll(summaries(loop.body()));
            }
        }
        return summaries;
    }

    private void printPlan() {
        long kernels = plan.kernels().count();
        line("%s: %d instructions in %d %s", plan.name(), program.size(), kernels, kernels == 1 ? "kernel" : "kernels");
        for (Step step : plan.steps()) {
            switch (step) {
                case Step.Scalars scalars ->
                    line("  host      %s", count(scalars.results().size(), "number"));
                case Step.Loop loop -> {
                    loop.before().forEach(copy -> line("  %-9s %s", "copy", copy.to()));
                    line("  %-9s %s", "loop", count(loop.turns(), "turn"));
                    print(loop.body()).lines().forEach(line -> line("    %s", line));
                }
                case Kernel kernel -> kernel(kernel);
            }
        }
        plan.commits().forEach(commit -> line("  %-9s %s at the end", "copy", commit.target()));
        line(
                "  arena     %s; without reuse %s",
                bytes(plan.work().plus(plan.integers())),
                bytes(plan.workWithoutReuse().plus(plan.integers())));
    }

    private void kernel(Kernel kernel) {
        switch (kernel) {
            case Kernel.Rows rows -> loops(rows, "rows", rows.code());
            case Kernel.Fold fold -> {
                loops(fold, "reduce", fold.code());
                if (fold.parts() > 1) {
                    line("            in %d parts, added up in order", fold.parts());
                }
                fold.stored().forEach(value -> line("            leaves %s on the way", plan.place(value)));
            }
            case Kernel.Columns columns -> loops(columns, "columns", columns.code());
            case Kernel.Assembly assembly -> {
                line("  %-9s %s", "assemble", count(assembly.copies().size(), "piece"));
                details(assembly);
            }
            case Kernel.Library library -> {
                line("  %-9s %s", libraryName(library.op()), shapes(library));
                library.tiling().ifPresent(tiling -> tiling(library, tiling));
                if (library.isSmallProduct()) {
                    line("            small: written out");
                }
                details(library);
            }
            case Kernel.Commit commit -> line("  %-9s %s", "copy", commit.target());
        }
    }

    private void tiling(Kernel.Library library, Tiling tiling) {
        String tiles = tiling.tiles().stream()
                .map(tile -> String.format(
                        Locale.ROOT,
                        "%d x %d vectors of %d bits: %.0f %%",
                        tile.rows(),
                        tile.vectors(),
                        tile.bits(),
                        100 * tile.share()))
                .collect(Collectors.joining(", "));
        line("            tiles of %s of the peak", tiles);
        boolean transposed = library.op() instanceof Op.MatMul matMul && matMul.transposeRight();
        String right = transposed ? "transposed block by block" : "where it is";
        line("            %s of a sum at a time, right operand %s", count(tiling.depth(), "term"), right);
        if (tiling.isParallel()) {
            String which = tiling.byColumns() ? "columns: to each all of the left" : "rows: to each all of the right";
            line("            at most %,d parts, first of %s operand, which is less", tiling.mostParts(), which);
        }
    }

    private void loops(Kernel kernel, String kind, Code code) {
        int passes = code.passes().size();
        line("  %-9s %s%s", kind, over(code), passes > 1 ? ", " + passes + " passes" : "");
        details(kernel);
    }

    private static String over(Code code) {
        String rows = names(code.loops().subList(0, code.rowLoops()));
        String columns =
                names(code.loops().subList(code.rowLoops(), code.loops().size()));
        return rows.isEmpty() || columns.isEmpty() ? "[" + rows + columns + "]" : "[" + rows + " | " + columns + "]";
    }

    private static String names(List<Dim> dims) {
        return dims.stream().map(Dim::toString).collect(Collectors.joining(", "));
    }

    private static String libraryName(Op.Call op) {
        return switch (op) {
            case Op.MatMul _ -> "matmul";
            case Op.Random _ -> "random";
            case Op.Gather _ -> "gather";
            case Op.ScatterAdd _ -> "scatter";
            case Op.Convolve _ -> "convolve";
            case Op.WindowArgMax _ -> "largest";
            case Op.Pick _ -> "pick";
            case Op.PutBack _ -> "put back";
        };
    }

    private String shapes(Kernel.Library library) {
        Instruction instruction = program.instruction(library.value());
        var operands = new ArrayList<String>();
        for (int i = 0; i < instruction.operands().size(); i++) {
            boolean transposed = library.op() instanceof Op.MatMul matMul
                    && (i == 0 ? matMul.transposeLeft() : matMul.transposeRight());
            operands.add(program.type(instruction.operand(i)).shape() + (transposed ? "ᵀ" : ""));
        }
        String result = instruction.type().shape().toString();
        return operands.isEmpty() ? result : String.join(" ", operands) + " to " + result;
    }

    /** The operations, the `.opt` lines they come from, and whether threads share the work. */
    private void details(Kernel kernel) {
        String operations = kernel.instructions().stream()
                .map(program::instruction)
                .filter(PlanPrinter::computes)
                .map(instruction -> operation(instruction.op()))
                .collect(Collectors.joining(" "));
        if (!(kernel instanceof Kernel.Library) && !operations.isEmpty()) {
            line("            %s", operations);
        }
        origins(kernel).forEach(origin -> line("            %s", origin));
        if (kernel.parallel()) {
            line("            split over threads");
        }
    }

    private static boolean computes(Instruction instruction) {
        return switch (instruction.op()) {
            case Op.View _, Op.Iota _ -> false;
            case Op.Read _, Op.Constant _, Op.Extent _ -> true;
            case Op.ElementWise _, Op.Reducing _, Op.Assembling _, Op.Call _, Op.Region _ -> true;
        };
    }

    private static String operation(Op op) {
        return switch (op) {
            case Op.Unary unary -> unary.kind().keyword();
            case Op.Binary binary -> binary.kind().keyword();
            case Op.Compare compare -> compare.comparison().keyword();
            case Op.Reduce reduce -> reduce.reduction().keyword() + "-over";
            case Op.Leaf _, Op.Select _, Op.Cast _, Op.View _, Op.ArgMax _, Op.Assembling _, Op.Call _, Op.Region _ ->
                op.getClass().getSimpleName().toLowerCase(Locale.ROOT);
        };
    }

    private Set<String> origins(Kernel kernel) {
        var lines = new LinkedHashSet<String>();
        for (int value : kernel.instructions()) {
            program.instruction(value)
                    .origin()
                    .ifPresent(span -> lines.add(span.source().name() + ":" + span.line() + "  "
                            + span.source().line(span.line()).strip()));
        }
        var shown = new LinkedHashSet<String>();
        lines.stream().limit(MOST_LINES).forEach(shown::add);
        if (lines.size() > MOST_LINES) {
            shown.add("… and " + count(lines.size() - MOST_LINES, "line"));
        }
        return shown;
    }

    private List<String> places(Kernel kernel) {
        return kernel.instructions().stream()
                .flatMap(value -> program.instruction(value).origin().stream())
                .map(span -> span.source().name() + ":" + span.line())
                .distinct()
                .toList();
    }

    private static String count(int count, String noun) {
        return count + " " + noun + (count == 1 ? "" : "s");
    }

    private static String bytes(Offset elements) {
        return elements.isFixed()
                ? String.format(Locale.ROOT, "%,d bytes", elements.fixedPart() * BYTES)
                : elements.terms().stream()
                                .map(term -> new Dim(term.factor() * BYTES, term.power()).toString())
                                .collect(Collectors.joining(" + "))
                        + " bytes";
    }

    private void line(String format, Object... arguments) {
        text.append(String.format(Locale.ROOT, format, arguments)).append('\n');
    }
}
