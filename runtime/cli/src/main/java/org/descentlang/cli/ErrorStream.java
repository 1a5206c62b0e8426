package org.descentlang.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.Charset;

/// Where `System.err` goes.
///
/// The JVM prints "WARNING: Using incubator modules" to descriptor 2 before `main` runs, and has no flag against it.
/// The
/// `descent` script therefore sends descriptor 2 nowhere, keeps the real one as another descriptor, and names that in
/// the
/// system property `descent.stderr`.
final class ErrorStream {
    private ErrorStream() {}

    /// Points `System.err` at the descriptor that the script kept; does nothing when it kept none.
    ///
    /// A descriptor, not `/dev/fd/3`: opening that path again would overwrite a log file from its beginning.
    static void restore() throws ReflectiveOperationException {
        Integer kept = Integer.getInteger("descent.stderr");
        if (kept == null) {
            return;
        }
        var descriptor = FileDescriptor.class.getDeclaredConstructor(int.class);
        descriptor.setAccessible(true);
        var stream = new FileOutputStream(descriptor.newInstance(kept));
        var charset = Charset.forName(System.getProperty("stderr.encoding", "UTF-8"));
        System.setErr(new PrintStream(stream, true, charset));
    }
}
