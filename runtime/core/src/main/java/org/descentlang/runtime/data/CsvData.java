package org.descentlang.runtime.data;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import org.descentlang.runtime.UserException;
import org.descentlang.runtime.data.DataDescription.Content;
import org.descentlang.runtime.data.DataDescription.Field;
import org.descentlang.runtime.data.FieldReader.LabelReader;
import org.descentlang.runtime.data.FieldReader.NumbersReader;

/** Reads a file of comma-separated numbers (RFC 4180). A first line without any number is a header. */
final class CsvData {
    private final String name;
    private final Path path;

    private CsvData(Path path) {
        this.name = name(path);
        this.path = path;
    }

    /** For messages, so that an editor finds it: from the working directory, if it lies there. */
    private static String name(Path path) {
        Path here = Path.of("").toAbsolutePath();
        return (path.startsWith(here) ? here.relativize(path) : path).toString();
    }

    static DataSet read(DataDescription data, Path path) {
        String name = name(path);
        try {
            return new CsvData(path).read(data);
        } catch (IOException | UncheckedIOException e) {
            throw UserException.in(name, "cannot be read: " + e.getMessage());
        } catch (CsvParseException e) {
            throw UserException.in(name, "is no file of comma-separated values: " + rootMessage(e));
        }
    }

    private DataSet read(DataDescription data) throws IOException {
        long rowsAtMost = countLines();
        List<FieldReader> readers =
                data.fields().stream().map(field -> reader(field, rowsAtMost)).toList();
        int examples = 0;
        try (CsvReader<CsvRecord> records = CsvReader.builder()
                .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                .detectBomHeader(true)
                .ofCsvRecord(path)) {
            examples = readRows(records.iterator(), readers);
        }
        return new DataSet(
                data.name(), examples, readers.stream().map(FieldReader::finish).toList());
    }

    private int readRows(Iterator<CsvRecord> records, List<FieldReader> readers) {
        if (!records.hasNext()) {
            throw UserException.in(name, "expected at least one line of numbers, but the file is empty");
        }
        CsvRow row = new CsvRow(name, List.of(), records.next());
        List<String> header = List.of();
        int columns = row.record().getFieldCount();
        checkColumns(row, readers);
        if (row.hasNoNumber()) {
            header = row.record().getFields();
            if (!records.hasNext()) {
                throw UserException.in(name, "expected at least one line of numbers after the header");
            }
            row = new CsvRow(name, header, records.next());
        }
        int examples = 1;
        readRow(row, columns, readers);
        for (; records.hasNext(); examples++) {
            readRow(new CsvRow(name, header, records.next()), columns, readers);
        }
        return examples;
    }

    private static void checkColumns(CsvRow row, List<FieldReader> readers) {
        int columns = row.record().getFieldCount();
        int last = readers.stream().mapToInt(FieldReader::lastColumn).max().orElse(0);
        if (last >= columns) {
            String only = columns == 1 ? "column 0 only" : "columns 0 to " + (columns - 1);
            String text = row.record().getField(0);
            String hint = columns == 1 && (text.contains(";") || text.contains("\t"))
                    ? "; values are separated by commas, not by semicolons or tabs"
                    : "";
            throw row.mistake("expected a column " + last + ", but the file has " + only + hint);
        }
    }

    private static void readRow(CsvRow row, int columns, List<FieldReader> readers) {
        if (row.record().getFieldCount() != columns) {
            throw row.mistake("expected %d values as in the first line, found %d"
                    .formatted(columns, row.record().getFieldCount()));
        }
        for (FieldReader reader : readers) {
            reader.read(row);
        }
    }

    private FieldReader reader(Field field, long rowsAtMost) {
        return switch (field.content()) {
            case Content.Columns(int first, int last, var conversion) ->
                new NumbersReader(field.name(), first, last, conversion, name, rowsAtMost);
            case Content.Label(int column, int classes) ->
                new LabelReader(field.name(), column, classes, name, rowsAtMost);
            case Content.RandomUniform _, Content.RandomNormal _, Content.RandomLabel _ ->
                throw new IllegalArgumentException("A random field in the data of a file: " + field.name());
        };
    }

    /** An upper bound of the rows, so that memory is taken once and only if there is enough. */
    private long countLines() throws IOException {
        long lines = 1;
        int previous = 0;
        try (InputStream in = new BufferedInputStream(Files.newInputStream(path))) {
            byte[] bytes = new byte[1 << 16];
            for (int count = in.read(bytes); count >= 0; count = in.read(bytes)) {
                for (int i = 0; i < count; i++) {
                    if (bytes[i] == '\n' ? previous != '\r' : bytes[i] == '\r') {
                        lines++;
                    }
                    previous = bytes[i];
                }
            }
        }
        return lines;
    }

    private static String rootMessage(Throwable thrown) {
        Throwable cause = thrown.getCause();
        return cause == null ? String.valueOf(thrown.getMessage()) : rootMessage(cause);
    }
}
