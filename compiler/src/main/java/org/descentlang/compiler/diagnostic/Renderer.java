package org.descentlang.compiler.diagnostic;

import java.util.List;

/** How problems look. */
public interface Renderer {
    /** One problem, without a line end after it. */
    String render(Problem problem);

    /** Several, each followed by a line end. */
    default String render(List<Problem> problems) {
        var text = new StringBuilder();
        for (Problem problem : problems) {
            text.append(render(problem)).append('\n');
        }
        return text.toString();
    }
}
