package org.descentlang.compiler.emit;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.tools.DiagnosticCollector;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.JavaFileObject.Kind;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** Compiles generated Java in memory, with every warning an error, and loads it. */
final class MemoryCompiler extends ClassLoader {
    private final Map<String, byte[]> classes;

    private MemoryCompiler(Map<String, byte[]> classes) {
        super(MemoryCompiler.class.getClassLoader());
        this.classes = classes;
    }

    static MemoryCompiler compile(List<JavaFile> files) {
        var compiler = ToolProvider.getSystemJavaCompiler();
        var problems = new DiagnosticCollector<JavaFileObject>();
        var standard = compiler.getStandardFileManager(problems, Locale.ROOT, null);
        var written = new HashMap<String, ByteArrayOutputStream>();
        var options = List.of("-Xlint:all", "-Werror", "-proc:none");
        var sources = files.stream().map(Source::new).toList();
        boolean done = compiler.getTask(null, new Classes(standard, written), problems, options, null, sources)
                .call();
        if (!done) {
            var message = new StringBuilder();
            problems.getDiagnostics().forEach(problem -> message.append(problem).append('\n'));
            throw new AssertionError(message);
        }
        var classes = new HashMap<String, byte[]>();
        written.forEach((name, bytes) -> classes.put(name, bytes.toByteArray()));
        return new MemoryCompiler(classes);
    }

    /** Class files by binary name. */
    Map<String, byte[]> classes() {
        return classes;
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        byte[] bytes = classes.get(name);
        if (bytes == null) {
            throw new ClassNotFoundException(name);
        }
        return defineClass(name, bytes, 0, bytes.length);
    }

    private static final class Source extends SimpleJavaFileObject {
        private final String text;

        Source(JavaFile file) {
            super(URI.create("memory:///" + file.path()), Kind.SOURCE);
            this.text = file.text();
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }

    private static final class Classes extends ForwardingJavaFileManager<StandardJavaFileManager> {
        private final Map<String, ByteArrayOutputStream> written;

        Classes(StandardJavaFileManager standard, Map<String, ByteArrayOutputStream> written) {
            super(standard);
            this.written = written;
        }

        @Override
        public JavaFileObject getJavaFileForOutput(
                JavaFileManager.Location location, String className, Kind kind, FileObject sibling) throws IOException {
            var bytes = new ByteArrayOutputStream();
            written.put(className, bytes);
            return new SimpleJavaFileObject(URI.create("memory:///" + className.replace('.', '/') + ".class"), kind) {
                @Override
                public OutputStream openOutputStream() {
                    return bytes;
                }
            };
        }
    }
}
