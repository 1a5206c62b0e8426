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
import java.util.Optional;
import org.descentlang.description.DataDescription.Field;
import org.descentlang.runtime.UserException;
import org.descentlang.runtime.UserText;
import org.descentlang.runtime.file.FileFailure;

/** The examples of a file of comma-separated numbers, one a line. */
final class CsvPages implements PageReader {
    /** As many as the language can name. */
    private static final int MOST_COLUMNS = 1_000_001;

    private final String name;
    private final CsvReader<CsvRecord> reader;
    private final Iterator<CsvRecord> records;
    private final long mostExamples;
    private final int columns;
    private final List<String> header;
    private final List<CsvColumns> fields;
    private final CsvRow[] rows;
    private Optional<CsvRecord> following;
    private long examples;

    private CsvPages(String name, CsvReader<CsvRecord> reader, long lines, List<Field> fields) {
        this.name = name;
        this.reader = reader;
        records = reader.iterator();
        mostExamples = lines;
        following = nextRecord();
        CsvRow first = new CsvRow(
                name,
                List.of(),
                following.orElseThrow(
                        () -> UserException.in(name, "expected at least one line of numbers, but the file is empty")));
        columns = first.record().getFieldCount();
        // Memory is taken only now that the first line shows that the columns are there.
        CsvColumns.check(fields, first);
        header = first.hasNoNumber() ? first.record().getFields() : List.of();
        if (first.hasNoNumber()) {
            following = nextRecord();
        }
        if (following.isEmpty()) {
            throw UserException.in(name, "expected at least one line of numbers after the header");
        }
        rows = new CsvRow[Page.rows(fields.stream().mapToInt(CsvColumns::values))];
        this.fields =
                fields.stream().map(field -> CsvColumns.of(field, rows.length)).toList();
    }

    static CsvPages open(Path path, List<Field> fields) {
        String name = FileNames.shown(path);
        try {
            long lines = countLines(path, name);
            CsvReader<CsvRecord> records = CsvReader.builder()
                    .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                    .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                    .detectBomHeader(true)
                    .build(CsvRecordHandler.of(handler -> handler.maxFields(MOST_COLUMNS)), path);
            try {
                return new CsvPages(name, records, lines, fields);
            } catch (RuntimeException e) {
                records.close();
                throw e;
            }
        } catch (IOException e) {
            throw unreadable(name, e);
        }
    }

    @Override
    public long mostExamples() {
        return mostExamples;
    }

    @Override
    public Optional<Page> next() {
        int count = 0;
        for (; count < rows.length && following.isPresent(); count++) {
            read(new CsvRow(name, header, following.get()), count);
            following = nextRecord();
        }
        return count == 0
                ? Optional.empty()
                : Optional.of(
                        new Page(count, fields.stream().map(CsvColumns::column).toList(), new Mistakes()));
    }

    private void read(CsvRow row, int number) {
        if (examples++ == mostExamples) {
            throw UserException.in(name, "the file grew while it was read");
        }
        if (row.record().getFieldCount() != columns) {
            throw row.mistake("expected %s as in the first line, found %d"
                    .formatted(UserText.counted(columns, "value"), row.record().getFieldCount()));
        }
        rows[number] = row;
        for (CsvColumns field : fields) {
            field.read(row, number);
        }
    }

    private Optional<CsvRecord> nextRecord() {
        try {
            return records.hasNext() ? Optional.of(records.next()) : Optional.empty();
        } catch (UncheckedIOException e) {
            throw unreadable(name, e);
        } catch (CsvParseException e) {
            throw UserException.in(name, "is not a file of comma-separated values: " + rootMessage(e));
        }
    }

    private final class Mistakes implements Page.Mistakes {
        @Override
        public UserException in(int row, String message) {
            return rows[row].mistake(message);
        }

        @Override
        public UserException in(int row, int column, String message) {
            return rows[row].mistake(column, message);
        }
    }

    @Override
    public void close() {
        try {
            reader.close();
        } catch (IOException e) {
            throw unreadable(name, e);
        }
    }

    private static UserException unreadable(String name, Exception e) {
        return UserException.in(name, "cannot be read: " + FileFailure.reason(e));
    }

    /** An upper bound of the rows, so that memory is taken once and only if there is enough. */
    private static long countLines(Path path, String name) throws IOException {
        long lines = 1;
        int previous = 0;
        try (InputStream in = new BufferedInputStream(Files.newInputStream(path))) {
            byte[] bytes = new byte[1 << 16];
            for (int count = in.read(bytes); count >= 0; count = in.read(bytes)) {
                for (int i = 0; i < count; i++) {
                    if (bytes[i] == 0) {
                        throw UserException.in(name, lines, "this is not a text file: it contains a zero byte");
                    }
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
