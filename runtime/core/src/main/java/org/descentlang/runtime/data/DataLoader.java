package org.descentlang.runtime.data;

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
        try (PageReader pages = open(data, folders)) {
            String file = data.source().file().map(path -> " of " + path).orElse("");
            List<FieldBuilder> fields = data.fields().stream()
                    .map(field -> FieldBuilder.of(field, file, pages.mostExamples()))
                    .toList();
            int examples = 0;
            for (Optional<Page> page = pages.next(); page.isPresent(); page = pages.next()) {
                add(page.get(), fields);
                examples += page.get().rows();
            }
            return new DataSet(
                    data.name(),
                    examples,
                    fields.stream().map(FieldBuilder::finish).toList());
        }
    }

    private static PageReader open(DataDescription data, DataFolders folders) {
        return switch (data.source()) {
            case DataSource.File(var path) -> FileFormat.of(path).open(folders.find(path), data.fields());
            case DataSource.RandomExamples(var examples) ->
                new RandomPages(data.fields(), examples, data.seed().orElse(0));
        };
    }

    private static void add(Page page, List<FieldBuilder> fields) {
        for (int field = 0; field < fields.size(); field++) {
            fields.get(field).add(page, page.columns().get(field));
        }
    }
}
