package org.descentlang.compiler.ir;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.CaseTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.DefaultCaseLabelTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.SwitchExpressionTree;
import com.sun.source.tree.SwitchTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import javax.lang.model.element.ElementKind;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeMirror;
import javax.tools.DiagnosticCollector;
import org.junit.jupiter.api.Test;

/** No `switch` over operations or kinds of them forgets new ones: by a `default`, or as a statement over constants. */
final class ExhaustiveSwitchTest {
    @Test
    void noneForgets() throws IOException {
        JavacTask task = CompilerSources.task(text -> text, new DiagnosticCollector<>());
        var switches = new Switches(task);
        List<CompilationUnitTree> units = new ArrayList<>();
        task.parse().forEach(units::add);
        task.analyze();
        units.forEach(unit -> switches.scan(unit, null));
        assertThat(switches.seen).isGreaterThan(50);
        assertThat(switches.forgetful).isEmpty();
    }

    private static final class Switches extends TreePathScanner<Void, Void> {
        private final JavacTask task;
        private final Trees trees;
        private final List<String> forgetful = new ArrayList<>();
        private int seen;

        Switches(JavacTask task) {
            this.task = task;
            this.trees = Trees.instance(task);
        }

        @Override
        public Void visitSwitch(SwitchTree tree, Void nothing) {
            check(tree, tree.getExpression(), tree.getCases(), true);
            return super.visitSwitch(tree, null);
        }

        @Override
        public Void visitSwitchExpression(SwitchExpressionTree tree, Void nothing) {
            check(tree, tree.getExpression(), tree.getCases(), false);
            return super.visitSwitchExpression(tree, null);
        }

        private void check(Tree tree, ExpressionTree selector, List<? extends CaseTree> cases, boolean statement) {
            TypeMirror type = trees.getTypeMirror(new TreePath(getCurrentPath(), selector));
            if (!(type instanceof DeclaredType declared) || !isOfOperations(declared)) {
                return;
            }
            seen++;
            boolean constants = declared.asElement().getKind() == ElementKind.ENUM;
            boolean others = cases.stream()
                    .flatMap(each -> each.getLabels().stream())
                    .anyMatch(DefaultCaseLabelTree.class::isInstance);
            if (others || statement && constants) {
                var unit = getCurrentPath().getCompilationUnit();
                long at = trees.getSourcePositions().getStartPosition(unit, tree);
                forgetful.add(
                        unit.getSourceFile().getName() + ":" + unit.getLineMap().getLineNumber(at));
            }
        }

        private boolean isOfOperations(DeclaredType type) {
            return List.of(Op.class, Op.Kind.class).stream()
                    .map(each -> task.getElements()
                            .getTypeElement(each.getCanonicalName())
                            .asType())
                    .anyMatch(each -> task.getTypes().isSubtype(type, each));
        }
    }
}
