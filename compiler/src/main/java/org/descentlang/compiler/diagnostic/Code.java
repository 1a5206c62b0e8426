package org.descentlang.compiler.diagnostic;

/**
 * Every kind of problem. Identifiers are grouped (0 syntax, 1 names, 2 shapes and types, 3 training, 4 targets, 9 a bug in
 * Descent), never reused, and each has a page {@code docs/errors/<id>.md}.
 */
public enum Code {
    SYNTAX("D001", "the text does not follow the grammar"),
    UNKNOWN_CLAUSE("D002", "a clause that the enclosing declaration does not have"),
    UNEXPECTED_CHARACTER("D003", "a character that no word of the language has"),
    UNTERMINATED_TEXT("D004", "a text without its closing quote"),
    UNTERMINATED_COMMENT("D005", "a comment without its `*/`"),
    BAD_NUMBER("D006", "a number that cannot be read, or is too large or too small"),
    TOO_DEEP("D007", "an expression or body that is nested too deeply"),
    FILE_TOO_LARGE("D008", "a file that is too large"),
    UNCLOSED_BRACKET("D009", "a bracket that is never closed"),
    UNOPENED_BRACKET("D010", "a closing bracket that closes nothing"),
    CHAINED_COMPARISON("D011", "a comparison of a comparison"),
    BAD_ESCAPE("D012", "a backslash in a text that means nothing"),
    PACKAGE_NAME("D013", "a package name that Java or a file system would not take"),
    UNKNOWN_NAME("D101", "a name that is not declared here"),
    UNKNOWN_ARGUMENT("D102", "an argument that the callee does not have"),
    BROADCAST("D201", "shapes that do not combine element by element"),
    MATRIX_PRODUCT("D203", "`@` with unequal inner sizes"),
    NOT_DIFFERENTIABLE("D301", "a loss without a useful gradient"),
    DURATION_UNIT("D302", "a duration without its unit"),
    UNMATCHED_SELECTOR("D303", "a selector that matches no parameter"),
    UNREACHABLE_SEGMENT("D304", "a schedule segment that starts after the last step"),
    INTERNAL("D900", "a bug in Descent");

    private final String id;
    private final String summary;
    private final Severity severity;

    Code(String id, String summary) {
        this(id, summary, Severity.ERROR);
    }

    Code(String id, String summary, Severity severity) {
        this.id = id;
        this.summary = summary;
        this.severity = severity;
    }

    public String id() {
        return id;
    }

    public String summary() {
        return summary;
    }

    public Severity severity() {
        return severity;
    }
}
