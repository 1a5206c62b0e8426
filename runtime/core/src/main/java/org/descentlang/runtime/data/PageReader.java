package org.descentlang.runtime.data;

import java.util.Optional;
import org.descentlang.runtime.UserException;

/** Reads examples, one page after another. */
public interface PageReader extends AutoCloseable {
    /** An upper bound of the number of examples. */
    long mostExamples();

    /**
     * The next examples; empty at the end.
     *
     * @return a page that the next call may overwrite
     * @throws UserException if the file does not contain what the fields need
     */
    Optional<Page> next();

    @Override
    void close();
}
