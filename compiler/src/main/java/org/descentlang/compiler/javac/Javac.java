package org.descentlang.compiler.javac;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.tools.DiagnosticCollector;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.JavaFileObject.Kind;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.descentlang.compiler.emit.JavaFile;

/** The JDK's compiler, from generated Java in memory to classes in memory. */
public final class Javac {
    private final JavaCompiler compiler;

    private Javac(JavaCompiler compiler) {
        this.compiler = compiler;
    }

    /** Empty if the Java that runs this is no JDK. */
    public static Optional<Javac> ofThisJava() {
        return Optional.ofNullable(ToolProvider.getSystemJavaCompiler()).map(Javac::new);
    }

    /**
     * The class files, by binary name.
     *
     * @throws IllegalStateException if javac refuses the Java, with what it said
     */
    public Map<String, byte[]> compile(List<JavaFile> files, List<String> options) {
        var problems = new DiagnosticCollector<JavaFileObject>();
        var written = new HashMap<String, ByteArrayOutputStream>();
        try (var standard = compiler.getStandardFileManager(problems, null, StandardCharsets.UTF_8)) {
            var messages = new StringWriter();
            var sources = files.stream().map(Source::new).toList();
            var memory = new Memory(standard, written);
            if (!compiler.getTask(messages, memory, problems, options, null, sources)
                    .call()) {
                throw new IllegalStateException(
                        "javac rejects the generated code: " + messages + problems.getDiagnostics());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        var classes = new HashMap<String, byte[]>();
        written.forEach((name, bytes) -> classes.put(name, bytes.toByteArray()));
        return classes;
    }

    private static URI uri(String path) {
        return URI.create("memory:///" + path);
    }

    private static final class Source extends SimpleJavaFileObject {
        private final String text;

        Source(JavaFile file) {
            super(uri(file.path()), Kind.SOURCE);
            this.text = file.text();
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }

    private static final class Memory extends ForwardingJavaFileManager<JavaFileManager> {
        private final Map<String, ByteArrayOutputStream> written;

        Memory(JavaFileManager standard, Map<String, ByteArrayOutputStream> written) {
            super(standard);
            this.written = written;
        }

        @Override
        public JavaFileObject getJavaFileForOutput(
                JavaFileManager.Location location, String className, Kind kind, FileObject sibling) {
            return new SimpleJavaFileObject(uri(className.replace('.', '/') + ".class"), kind) {
                @Override
                public OutputStream openOutputStream() {
                    var bytes = new ByteArrayOutputStream();
                    written.put(className, bytes);
                    return bytes;
                }
            };
        }
    }
}
