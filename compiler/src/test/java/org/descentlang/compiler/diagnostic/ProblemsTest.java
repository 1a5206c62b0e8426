package org.descentlang.compiler.diagnostic;

import static org.assertj.core.api.Assertions.assertThat;

import org.descentlang.compiler.source.SourceFile;
import org.descentlang.compiler.source.Span;
import org.junit.jupiter.api.Test;

class ProblemsTest {
    private final SourceFile source = SourceFile.of("a.opt", "x".repeat(2 * Problems.MOST));
    private final Problems problems = new Problems();

    @Test
    void keepsEachOnceInOrder() {
        problems.report(at(7));
        problems.report(at(3));
        problems.report(at(7));
        assertThat(problems.sorted()).containsExactly(at(3), at(7));
        assertThat(problems.isFull()).isFalse();
    }

    @Test
    void leavesOutWhatNobodyReads() {
        for (int i = 0; i < 2 * Problems.MOST; i++) {
            problems.report(at(i));
        }
        assertThat(problems.sorted()).hasSize(Problems.MOST).startsWith(at(0));
        assertThat(problems.isFull()).isTrue();
    }

    private Problem at(int place) {
        return Problem.at(new Span(source, place, place + 1), Code.UNKNOWN_NAME, "unknown");
    }
}
