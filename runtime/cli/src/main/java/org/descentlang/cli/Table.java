package org.descentlang.cli;

import java.util.ArrayList;
import java.util.List;

/** Rows of text in columns, two blanks apart; some columns are numbers and stand on the right. */
final class Table {
    private final List<List<String>> rows = new ArrayList<>();
    private final List<Integer> numbers;

    /** @param numbers the columns, from 0, that stand on the right */
    Table(Integer... numbers) {
        this.numbers = List.of(numbers);
    }

    Table row(String... cells) {
        rows.add(List.of(cells));
        return this;
    }

    boolean isEmpty() {
        return rows.isEmpty();
    }

    /** The lines, each after {@code indent} and without blanks at its end. */
    String text(String indent) {
        var text = new StringBuilder();
        for (var row : rows) {
            var line = new StringBuilder(indent);
            for (int column = 0; column < row.size(); column++) {
                line.append(column == 0 ? "" : "  ").append(cell(row.get(column), column));
            }
            text.append(line.toString().stripTrailing()).append('\n');
        }
        return text.toString();
    }

    private String cell(String text, int column) {
        String padding = " ".repeat(width(column) - length(text));
        return numbers.contains(column) ? padding + text : text + padding;
    }

    private int width(int column) {
        return rows.stream()
                .filter(row -> row.size() > column)
                .mapToInt(row -> length(row.get(column)))
                .max()
                .orElse(0);
    }

    private static int length(String text) {
        return text.codePointCount(0, text.length());
    }
}
