package org.descentlang.compiler.diagnostic;

/** One line a problem, as Maven and editors find places in: `shape.opt:[6,21] D203: title; help`. */
public final class LineRenderer implements Renderer {
    @Override
    public String render(Problem problem) {
        var span = problem.primary().span();
        String help = problem.help().map(text -> "; " + text).orElse("");
        String line = "%s:[%d,%d] %s: %s%s"
                .formatted(
                        span.source().name(),
                        span.line(),
                        span.column(),
                        problem.code().id(),
                        problem.title(),
                        help);
        return DisplayLine.of(line.replace('\n', ' ')).text();
    }
}
