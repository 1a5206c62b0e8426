package org.descentlang.runtime.data;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.CsvRecordHandler;
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
    /** As many as the language can name. */
    private static final int MOST_COLUMNS = 1_000_001;

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
        try (CsvReader<CsvRecord> records = CsvReader.builder()
                .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                .detectBomHeader(true)
                .build(CsvRecordHandler.of(handler -> handler.maxFields(MOST_COLUMNS)), path)) {
            return readRows(records.iterator(), data, rowsAtMost);
        }
    }

    /** Memory is taken once the first line has shown that the columns are there. */
    private DataSet readRows(Iterator<CsvRecord> records, DataDescription data, long rowsAtMost) {
        if (!records.hasNext()) {
            throw UserException.in(name, "expected at least one line of numbers, but the file is empty");
        }
        CsvRow row = new CsvRow(name, List.of(), records.next());
        List<String> header = List.of();
        int columns = row.record().getFieldCount();
        checkColumns(row, data.fields());
        if (row.hasNoNumber()) {
            header = row.record().getFields();
            if (!records.hasNext()) {
                throw UserException.in(name, "expected at least one line of numbers after the header");
            }
            row = new CsvRow(name, header, records.next());
        }
        List<FieldReader> readers =
                data.fields().stream().map(field -> reader(field, rowsAtMost)).toList();
        int examples = 1;
        readRow(row, columns, readers);
        for (; records.hasNext(); examples++) {
            if (examples == rowsAtMost) {
                throw UserException.in(name, "the file grew while it was read");
            }
            readRow(new CsvRow(name, header, records.next()), columns, readers);
        }
        return new DataSet(
                data.name(), examples, readers.stream().map(FieldReader::finish).toList());
    }

    private static void checkColumns(CsvRow row, List<Field> fields) {
        int columns = row.record().getFieldCount();
        int last = fields.stream().mapToInt(CsvData::lastColumn).max().orElse(0);
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

    private static int lastColumn(Field field) {
        return switch (field.content()) {
            case Content.Columns columns -> columns.last();
            case Content.Label label -> label.column();
            case Content.RandomUniform _, Content.RandomNormal _, Content.RandomLabel _ -> throw random(field);
        };
    }

    private FieldReader reader(Field field, long rowsAtMost) {
        return switch (field.content()) {
            case Content.Columns columns -> new NumbersReader(field, columns, name, rowsAtMost);
            case Content.Label label -> new LabelReader(field, label, name, rowsAtMost);
            case Content.RandomUniform _, Content.RandomNormal _, Content.RandomLabel _ -> throw random(field);
        };
    }

    private static IllegalArgumentException random(Field field) {
        return new IllegalArgumentException("A random field in the data of a file: " + field.name());
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
