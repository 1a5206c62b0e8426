package org.descentlang.runtime.data;

import org.descentlang.runtime.UserException;
import org.descentlang.runtime.data.DataDescription.DataSource;

/** Brings what a `data` declaration describes into memory. */
public final class DataLoader {
    private DataLoader() {}

    /** @throws UserException for data that is missing or not what was declared */
    public static DataSet load(DataDescription data, DataFolders folders) {
        return switch (data.source()) {
            case DataSource.Csv(String path) -> CsvData.read(data, folders.find(path));
            case DataSource.RandomExamples(int examples) -> RandomData.make(data, examples);
        };
    }
}
