package org.descentlang.compiler.emit;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.descentlang.compiler.diagnostic.Code;
import org.descentlang.compiler.diagnostic.Problem;
import org.descentlang.compiler.diagnostic.Problems;
import org.descentlang.compiler.emit.VisibleClasses.Named;
import org.descentlang.compiler.model.CheckedUnit;
import org.descentlang.compiler.source.Span;

/** Two declarations that want one class. Names that differ in capitals only are one, as some file systems have it. */
public final class ClassClashes {
    private final Problems problems;
    private final Map<String, Named> made = new HashMap<>();

    private ClassClashes(Problems problems) {
        this.problems = problems;
    }

    /** Within a file, the second has a number and it is said; two files would write over each other's. */
    public static void report(List<CheckedUnit> units, Problems problems) {
        var clashes = new ClassClashes(problems);
        for (CheckedUnit unit : units) {
            var classes = new VisibleClasses(unit);
            classes.named().forEach(named -> clashes.numbered(named, classes.named()));
            classes.named().forEach(clashes::among);
        }
    }

    private void numbered(Named named, List<Named> all) {
        if (named.name().simpleName().equals(named.wanted())) {
            return;
        }
        Problem problem = Problem.at(
                line(named.place()),
                Code.NUMBERED_CLASS,
                "the class of `%s` is `%s`, because the name `%s` is taken"
                        .formatted(named.what(), named.name().simpleName(), named.wanted()));
        problems.report(all.stream()
                .filter(other -> other.name().simpleName().equalsIgnoreCase(named.wanted()))
                .findFirst()
                .map(other -> problem.also(line(other.place()), "`" + other.what() + "` has that name"))
                .orElse(problem));
    }

    /** A model that several files import and train with equal arguments is one class. */
    private void among(Named named) {
        Named other = made.putIfAbsent(named.name().canonicalName().toLowerCase(Locale.ROOT), named);
        if (other != null && !other.content().equals(named.content())) {
            problems.report(Problem.at(
                            line(named.user()),
                            Code.SAME_CLASS,
                            "`%s` of %s and `%s` of %s would both become the class `%s`"
                                    .formatted(
                                            other.what(),
                                            other.user().source(),
                                            named.what(),
                                            named.user().source(),
                                            named.name().canonicalName()))
                    .also(line(other.user()), "the other one")
                    .help("give one of the files another `package`"));
        }
    }

    /** The first line of a declaration is enough to show. */
    private static Span line(Span place) {
        int end = place.text().indexOf('\n');
        return end < 0 ? place : new Span(place.source(), place.start(), place.start() + end);
    }
}
