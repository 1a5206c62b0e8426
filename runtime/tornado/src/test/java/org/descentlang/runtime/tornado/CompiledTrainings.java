package org.descentlang.runtime.tornado;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.tools.ToolProvider;
import org.descentlang.compiler.Compilation;
import org.descentlang.compiler.Compiler;
import org.descentlang.compiler.CompilerOptions;
import org.descentlang.compiler.ImportResolver;
import org.descentlang.compiler.emit.JavaFile;
import org.descentlang.compiler.source.SourceFile;
import org.descentlang.runtime.training.TrainingProgram;

/** The trainings of an `.opt` file as classes in the folder of the test classes: TornadoVM looks for kernels on the class path. */
final class CompiledTrainings {
    private final String packageName;

    private CompiledTrainings(String packageName) {
        this.packageName = packageName;
    }

    static CompiledTrainings of(Path file, String device) {
        return of(SourceFile.of(file.toString(), read(file)), device);
    }

    static CompiledTrainings of(SourceFile source, String device) {
        var options = new CompilerOptions(Map.of(), ImportResolver.NONE, _ -> device);
        Compilation compilation = Compiler.compile(List.of(source), options);
        if (compilation.hasErrors()) {
            throw new AssertionError(compilation.problems().toString());
        }
        var unit = compilation.units().getFirst();
        compile(compilation.javaFiles());
        return new CompiledTrainings(unit.packageName());
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void compile(List<JavaFile> files) {
        try {
            Path classes = Path.of(CompiledTrainings.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            Path sources = Files.createTempDirectory("descent");
            // -g: TornadoVM wants the tables of local variables.
            var arguments = new ArrayList<>(List.of(
                    "-g",
                    "-nowarn",
                    "-proc:none",
                    "--module-path",
                    System.getProperty("jdk.module.path"),
                    "--add-modules",
                    "jdk.incubator.vector,tornado.api",
                    "-d",
                    classes.toString()));
            for (JavaFile file : files) {
                Path path = sources.resolve(file.path());
                Files.createDirectories(path.getParent());
                arguments.add(Files.writeString(path, file.text()).toString());
            }
            int status = ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments.toArray(String[]::new));
            if (status != 0) {
                throw new AssertionError("javac ends with " + status);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (java.net.URISyntaxException e) {
            throw new AssertionError(e);
        }
    }

    TrainingProgram cpu(String training) {
        return program(training + "Program");
    }

    TrainingProgram device(String training, String device) {
        return program(training + "DeviceProgram", device);
    }

    private TrainingProgram program(String name, String... arguments) {
        try {
            Class<?> type = Class.forName(packageName + "." + name);
            var constructor =
                    arguments.length == 0 ? type.getDeclaredConstructor() : type.getDeclaredConstructor(String.class);
            constructor.setAccessible(true);
            return (TrainingProgram) constructor.newInstance((Object[]) arguments);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(e.getMessage(), e);
        }
    }
}
