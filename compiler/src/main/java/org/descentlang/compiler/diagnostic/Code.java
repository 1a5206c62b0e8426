package org.descentlang.compiler.diagnostic;

/**
 * Every kind of problem. Identifiers are grouped (0 syntax, 1 names, 2 shapes and types, 3 training, 4 targets, 9 a bug
 * in Descent), never reused, and each has a page {@code docs/errors/<id>.md}.
 */
public enum Code {
    SYNTAX("D001", "the text does not follow the grammar"),
    UNKNOWN_CLAUSE("D002", "a clause that the enclosing declaration does not have"),
    UNEXPECTED_CHARACTER("D003", "a character that the language does not use"),
    UNTERMINATED_TEXT("D004", "a string without its closing quote"),
    UNTERMINATED_COMMENT("D005", "a comment without its `*/`"),
    BAD_NUMBER("D006", "a number that cannot be read, or is too large or too small"),
    TOO_DEEP("D007", "an expression or body that is nested too deeply"),
    FILE_TOO_LARGE("D008", "a file that is too large"),
    UNCLOSED_BRACKET("D009", "a bracket that is never closed"),
    UNOPENED_BRACKET("D010", "a closing bracket that closes nothing"),
    CHAINED_COMPARISON("D011", "a comparison of a comparison"),
    BAD_ESCAPE("D012", "an unknown escape in a string"),
    PACKAGE_NAME("D013", "a package name that Java or a file system would reject"),
    RESERVED_WORD("D014", "a reserved word in place of a name"),
    UNREADABLE("D015", "a file that cannot be read"),
    UNKNOWN_NAME("D101", "a name that is not declared here"),
    UNKNOWN_ARGUMENT("D102", "an unknown argument"),
    DUPLICATE_NAME("D103", "a name that is declared twice"),
    MISSING_ARGUMENT("D104", "a call that leaves out an argument without a default"),
    TOO_MANY_ARGUMENTS("D105", "a call with too many arguments"),
    DUPLICATE_ARGUMENT("D106", "an argument that is given twice"),
    UNKNOWN_OVERRIDE("D107", "a `--set` of something that does not exist"),
    WRONG_KIND("D108", "a name of the wrong kind"),
    IMPORT("D109", "an import that cannot be followed"),
    UNUSED_NAME("D110", "a name that is bound and never used", Severity.WARNING),
    NUMBERED_CLASS("D111", "a class that gets a number because its name is taken", Severity.WARNING),
    SAME_CLASS("D112", "two files that generate the same class"),
    BROADCAST("D201", "shapes that do not combine element by element"),
    ELEMENT_TYPE("D202", "a value of the wrong element type"),
    MATRIX_PRODUCT("D203", "`@` with different inner sizes"),
    ARGUMENT_SHAPE("D204", "an argument of the wrong shape"),
    RESULT_TYPE("D205", "a result that is not of the declared type"),
    AXIS("D206", "a dimension name that matches no axis, or several"),
    NOT_CONSTANT("D207", "a value that must be known at compile time"),
    WRONG_VALUE("D208", "a value of the wrong kind, such as a duration in place of a number"),
    SIZE("D209", "a size that is not a whole number, negative or too large"),
    INITIAL("D210", "initial values that do not fit the parameter"),
    NOT_SUPPORTED("D211", "a part of the language that does not work yet"),
    ENDLESS("D212", "endless recursion"),
    TOO_LARGE("D213", "a program that becomes too large when it is unrolled"),
    MISPLACED("D214", "a statement that is not allowed here"),
    OUT_OF_RANGE("D215", "an index or slice outside of its axis"),
    TUPLE("D216", "a tuple taken apart into the wrong number of names"),
    NO_RESULT("D217", "a body without `return`, or with statements after it"),
    REQUIREMENT("D218", "an argument that violates a requirement"),
    INDEX("D219", "an index that is not below the number of classes or rows"),
    WINDOW_SIZE("D230", "a filter, window or stride that is larger than what it moves over"),
    GROUPS("D231", "groups that do not divide channels or units"),
    WINDOW_SETTING("D232", "a size, stride, dilation or padding that windows cannot have"),
    FILTERS("D233", "filters or windows that do not fit the tensor"),
    SCAN_CARRIED("D240", "a carried value that a turn of a scan leaves unchanged, or with another type"),
    SCAN_LENGTH("D241", "a scan along sequences of different lengths, or of one that is not known when compiling"),
    SCAN_EMIT("D242", "a turn of a scan that emits nothing, or twice"),
    SCAN_LAST("D243", "a last value of what is no scan, or does not carry it"),
    SCAN_STATE("D244", "running state that changes within a scan"),
    SCAN_RANDOM("D245", "random numbers in a scan within a scan"),
    EINSUM("D250", "an `einsum` whose letters do not fit its operands"),
    NOT_DIFFERENTIABLE("D301", "a loss without a useful gradient"),
    DURATION_UNIT("D302", "a duration without a unit"),
    UNMATCHED_SELECTOR("D303", "a selector that matches no parameter"),
    UNREACHABLE_SEGMENT("D304", "a schedule segment that never starts"),
    MISSING_CLAUSE("D305", "a missing clause"),
    DUPLICATE_CLAUSE("D306", "a clause, field or share that is written twice"),
    CONFLICTING_CLAUSES("D307", "clauses that exclude each other"),
    EMPTY_SPLIT("D308", "a split without examples"),
    MODEL_INPUT("D309", "the data does not fit the model's inputs"),
    CONFLICTING_SELECTORS("D310", "two selectors give one parameter different values"),
    CLAUSE_VALUE("D311", "a number that its clause does not allow"),
    SEGMENTS_APART("D312", "segments of a schedule that do not join", Severity.WARNING),
    AMBIGUOUS_TARGET("D313", "a scheduled name that several hyperparameters have"),
    ONE_EXAMPLE("D314", "statistics over a batch of one example", Severity.WARNING),
    UNREPORTED_METRIC("D318", "a metric that is never reported", Severity.WARNING),
    NEVER_HOLDS("D319", "a condition that can never hold", Severity.WARNING),
    DIRECTION("D320", "a metric without a direction"),
    NOT_ADDED_UP("D321", "a metric that cannot be computed batch by batch"),
    IMAGE_SIZE("D322", "an image whose size is not known"),
    DEVICE_NAME("D401", "an invalid device name"),
    NO_DEVICE("D402", "a device that is not available"),
    DEVICE_SETTING("D403", "a setting that a device cannot have"),
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
