package org.descentlang.runtime.tornado;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.tools.ToolProvider;
import org.descentlang.cli.ReferenceProgram;
import org.descentlang.compiler.Compilation;
import org.descentlang.compiler.Compiler;
import org.descentlang.compiler.CompilerOptions;
import org.descentlang.compiler.ImportResolver;
import org.descentlang.compiler.emit.JavaFile;
import org.descentlang.compiler.model.CheckedUnit;
import org.descentlang.compiler.model.TrainingSpec;
import org.descentlang.compiler.source.SourceFile;
import org.descentlang.description.TrainingDescription;
import org.descentlang.runtime.model.PredictionPool;
import org.descentlang.runtime.thread.Team;
import org.descentlang.runtime.training.MetricFormula;
import org.descentlang.runtime.training.TrainingProgram;
import org.descentlang.runtime.training.TrainingStep;

/**
 * The trainings of an `.opt` file as classes in the folder of the test classes: TornadoVM looks for kernels on the
 * class path.
 */
final class CompiledTrainings {
    private final CheckedUnit unit;

    private CompiledTrainings(CheckedUnit unit) {
        this.unit = unit;
    }

    /** @param device whose kernels are made */
    static CompiledTrainings of(Path file, String device) {
        Compilation compilation = compilation(file, device);
        compile(compilation.javaFiles());
        return new CompiledTrainings(compilation.units().getFirst());
    }

    /** One `train` of a file, checked. */
    static TrainingSpec spec(Path file, String training) {
        return new CompiledTrainings(compilation(file, "gpu").units().getFirst()).spec(training);
    }

    private static Compilation compilation(Path file, String device) {
        // Kernels for another device are other classes.
        String text = read(file).replaceFirst("(?m)^package ", "package " + device + ".");
        var options = new CompilerOptions(Map.of(), ImportResolver.NONE, _ -> device);
        Compilation compilation = Compiler.compile(List.of(SourceFile.of(file.toString(), text)), options);
        if (compilation.hasErrors()) {
            throw new AssertionError(compilation.problems().toString());
        }
        return compilation;
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

    List<String> names() {
        return unit.trainings().stream().map(TrainingSpec::name).toList();
    }

    private TrainingSpec spec(String training) {
        return unit.trainings().stream()
                .filter(spec -> spec.name().equals(training))
                .findFirst()
                .orElseThrow();
    }

    TrainingProgram reference(String training) {
        return new ReferenceProgram(spec(training));
    }

    TrainingProgram cpu(String training) {
        return (TrainingProgram) made(training + "Program", List.of());
    }

    /** A training whose steps are opened on a device. */
    TrainingProgram on(Device device, String training) {
        TrainingProgram cpu = cpu(training);
        return new TrainingProgram() {
            @Override
            public TrainingDescription description() {
                return cpu.description();
            }

            @Override
            public MetricFormula formula() {
                return cpu.formula();
            }

            @Override
            public TrainingStep open(int capacity, Team team) {
                return (TrainingStep) made(
                        training + "DeviceStep",
                        List.of(TrainingProgram.class, int.class, Device.class),
                        cpu,
                        capacity,
                        device);
            }
        };
    }

    /** Of a model that nothing has trained: all parameters are 0. */
    PredictionPool model(String name) {
        return pool(untrained(name));
    }

    /** The same on a device, where the parameters are those that the other has now. */
    PredictionPool model(String name, PredictionPool trained, String device) {
        Object model = untrained(name);
        PredictionPool pool = pool(model);
        System.arraycopy(trained.parameters(), 0, pool.parameters(), 0, trained.parameters().length);
        System.arraycopy(trained.running(), 0, pool.running(), 0, trained.running().length);
        try {
            return pool(model.getClass().getMethod("on", String.class).invoke(model, device));
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(e.getMessage(), e);
        }
    }

    private Object untrained(String name) {
        try {
            var made = Class.forName(unit.packageName() + "." + name).getDeclaredMethod("untrained");
            made.setAccessible(true);
            return made.invoke(null);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(e.getMessage(), e);
        }
    }

    private static PredictionPool pool(Object model) {
        try {
            var pool = model.getClass().getDeclaredField("pool");
            pool.setAccessible(true);
            return (PredictionPool) pool.get(model);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(e.getMessage(), e);
        }
    }

    private Object made(String name, List<Class<?>> types, Object... arguments) {
        try {
            var constructor = Class.forName(unit.packageName() + "." + name)
                    .getDeclaredConstructor(types.toArray(Class<?>[]::new));
            constructor.setAccessible(true);
            return constructor.newInstance(arguments);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(e.getMessage(), e);
        }
    }
}
