package org.descentlang.compiler.diagnostic;

import static org.assertj.core.api.Assertions.assertThat;

import org.descentlang.compiler.source.SourceFile;
import org.descentlang.compiler.source.Span;
import org.junit.jupiter.api.Test;

class MachineRendererTest {
    private final SourceFile source = SourceFile.of("a \"b\".opt", "😀 lose\nvalue");
    private final Problem problem = Problem.at(new Span(source, 3, 7), Code.UNKNOWN_CLAUSE, "no\u2028 `lose`")
            .label("\there")
            .also(new Span(source, 8, 13), "\u0001")
            .help("write `loss`,\nnot `lose`");

    @Test
    void mavenReadsOneLine() {
        assertThat(new LineRenderer().render(problem))
                .isEqualTo("a \"b\".opt:[1,3] D002: no� `lose`; write `loss`, not `lose`");
    }

    @Test
    void jsonHasEverything() {
        assertThat(new JsonRenderer().render(problem))
                .isEqualTo("{\"severity\":\"error\",\"code\":\"D002\",\"title\":\"no\\u2028 `lose`\","
                        + "\"file\":\"a \\\"b\\\".opt\",\"line\":1,\"column\":3,\"endLine\":1,\"endColumn\":7,"
                        + "\"label\":\"\\there\",\"labels\":[{\"file\":\"a \\\"b\\\".opt\",\"line\":2,\"column\":1,"
                        + "\"endLine\":2,\"endColumn\":6,\"text\":\"\\u0001\"}],"
                        + "\"help\":\"write `loss`,\\nnot `lose`\"}");
    }

    @Test
    void jsonHasNoInfinity() {
        var object = new JsonObject().put("a", Double.NaN).put("b", new double[] {1, Double.NEGATIVE_INFINITY});
        assertThat(object).hasToString("{\"a\":null,\"b\":[1.0,null]}");
    }
}
