package org.descentlang.compiler.ir;

import com.sun.source.util.JavacTask;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** The compiler's own sources that mention operations, for javac. */
final class CompilerSources {
    private static final Path FOLDER = Path.of("src", "main", "java");
    private static final String OP = "org/descentlang/compiler/ir/Op.java";
    private static final Map<String, String> TEXTS = read();
    private static final JavaCompiler JAVAC = ToolProvider.getSystemJavaCompiler();

    /** One for all, so that classes are looked up once. */
    private static final JavaFileManager FILES = JAVAC.getStandardFileManager(null, null, null);

    /** As the build has them. */
    private static final List<String> OPTIONS =
            List.of("-proc:none", "-Xlint:none", "-XDcompilePolicy=simple", "--should-stop=ifError=FLOW");

    private CompilerSources() {}

    /** @param change of the text of {@link Op} */
    static JavacTask task(UnaryOperator<String> change, DiagnosticCollector<JavaFileObject> diagnostics) {
        var sources = new ArrayList<Source>();
        TEXTS.forEach((path, text) -> sources.add(new Source(path, path.equals(OP) ? change.apply(text) : text)));
        var options = Stream.concat(OPTIONS.stream(), Stream.of("-classpath", System.getProperty("java.class.path")))
                .toList();
        return (JavacTask) JAVAC.getTask(null, FILES, diagnostics, options, null, sources);
    }

    private static Map<String, String> read() {
        var texts = new TreeMap<String, String>();
        try (var files = Files.walk(FOLDER)) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".java")).toList()) {
                String text = Files.readString(file);
                if (text.contains("compiler.ir")) {
                    texts.put(FOLDER.relativize(file).toString().replace('\\', '/'), text);
                }
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return texts;
    }

    private static final class Source extends SimpleJavaFileObject {
        private static final String ROOT = "org/descentlang/compiler/";

        private final String path;
        private final String text;

        Source(String path, String text) {
            super(URI.create("memory:///" + path), Kind.SOURCE);
            this.path = path;
            this.text = text;
        }

        @Override
        public String getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }

        /** {@code plan/Role}. */
        @Override
        public String getName() {
            return path.replace(ROOT, "").replace(".java", "");
        }
    }
}
