package org.descentlang.runtime.data;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.descentlang.description.DataDescription;
import org.descentlang.description.DataSource;
import org.descentlang.runtime.UserException;

/** Brings what a `data` declaration describes into memory. */
public final class DataLoader {
    private DataLoader() {}

    /** @throws UserException for data that is missing or not what was declared */
    public static DataSet load(DataDescription data, DataFolders folders) {
        try (var readers = new Readers()) {
            open(data, folders, readers.open());
            String file = data.source().file().map(path -> " of " + path).orElse("");
            long most =
                    readers.open().stream().mapToLong(PageReader::mostExamples).sum();
            List<FieldBuilder> fields = data.fields().stream()
                    .map(field -> FieldBuilder.of(field, file, most))
                    .toList();
            List<Integer> examples =
                    readers.open().stream().map(pages -> add(pages, fields)).toList();
            return new DataSet(
                    data.name(),
                    examples,
                    fields.stream().map(FieldBuilder::finish).toList());
        }
    }

    /** Of all files: all are opened, and what can be checked is, before memory is taken. */
    private record Readers(List<PageReader> open) implements AutoCloseable {
        private Readers() {
            this(new ArrayList<>());
        }

        @Override
        public void close() {
            open.forEach(PageReader::close);
        }
    }

    private static void open(DataDescription data, DataFolders folders, List<PageReader> readers) {
        switch (data.source()) {
            case DataSource.File file -> {
                for (DataSource.Paths paths : file.all()) {
                    Path examples = folders.find(paths.path());
                    Optional<Path> labels = paths.labels().map(folders::find);
                    readers.add(FileFormat.of(paths.path()).open(examples, labels, data.fields()));
                }
            }
            case DataSource.RandomExamples(var examples) ->
                readers.add(new RandomPages(data.fields(), examples, data.seed().orElse(0)));
        }
    }

    /** @return how many examples there were */
    private static int add(PageReader pages, List<FieldBuilder> fields) {
        int examples = 0;
        for (Optional<Page> page = pages.next(); page.isPresent(); page = pages.next()) {
            add(page.get(), fields);
            examples += page.get().rows();
        }
        return examples;
    }

    private static void add(Page page, List<FieldBuilder> fields) {
        for (int field = 0; field < fields.size(); field++) {
            fields.get(field).add(page, page.columns().get(field));
        }
    }
}
