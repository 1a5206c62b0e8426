package org.descentlang.runtime.data;

import java.util.Optional;
import org.descentlang.runtime.UserException;

/** Examples, a page after the other. */
public interface PageReader extends AutoCloseable {
    /** More examples than this do not come. */
    long mostExamples();

    /**
     * The examples that follow; empty at the end.
     *
     * @return what may be overwritten by the next call
     * @throws UserException where there is something else than what the fields want
     */
    Optional<Page> next();

    @Override
    void close();
}
