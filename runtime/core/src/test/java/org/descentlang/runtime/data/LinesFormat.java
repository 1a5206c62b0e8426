package org.descentlang.runtime.data;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.descentlang.description.DataDescription.Field;
import org.descentlang.runtime.UserException;

/** What another artifact has to have for a format of its own: here, a file of one number a line. */
public final class LinesFormat implements FileFormat {
    @Override
    public List<String> endings() {
        return List.of(".lines");
    }

    @Override
    public PageReader open(Path file, Optional<Path> labels, List<Field> fields) {
        try {
            return new Lines(file, Files.readAllLines(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static final class Lines implements PageReader, Page.Mistakes {
        private final Path file;
        private final int count;
        private final Iterator<String> lines;
        private int read;

        private Lines(Path file, List<String> lines) {
            this.file = file;
            count = lines.size();
            this.lines = lines.iterator();
        }

        @Override
        public long mostExamples() {
            return count;
        }

        @Override
        public Optional<Page> next() {
            if (!lines.hasNext()) {
                return Optional.empty();
            }
            read++;
            float[] number = {Float.parseFloat(lines.next())};
            return Optional.of(new Page(1, List.of(new Page.Column.Numbers(number)), this));
        }

        @Override
        public UserException in(int row, String message) {
            return UserException.in(file.toString(), read, message);
        }

        @Override
        public UserException in(int row, int column, String message) {
            return in(row, message);
        }

        @Override
        public void close() {}
    }
}
