package org.descentlang.compiler.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.descentlang.compiler.ast.Statement.Selector;
import org.descentlang.compiler.source.SourceFile;
import org.descentlang.compiler.source.Span;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SelectorsTest {
    @ParameterizedTest
    @CsvSource({
        "head.dense.w, head.dense.w, true",
        "head.*, head.dense.w, true",
        "*.w, head.dense.w, true",
        "head.*.w, head.dense.w, true",
        "*, head.dense.w, true",
        "*.*.*, head.dense.w, true",
        "*.*.*.*, head.dense.w, false",
        "head.*, head, false",
        "*.dense.w, dense.w, false",
        "head.*.w, head.dense.b, false",
        "head.dense, head.dense.w, false"
    })
    void starsStandForOneOrMoreParts(String selector, String path, boolean matches) {
        var written = new Selector(selector, new Span(SourceFile.of("a.opt", selector), 0, selector.length()));
        assertThat(Selectors.matchesPath(List.of(written), path)).isEqualTo(matches);
    }
}
