package org.descentlang.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import javax.lang.model.SourceVersion;
import org.descentlang.compiler.Compiler;
import org.descentlang.compiler.CompilerOptions;
import org.descentlang.compiler.source.SourceFile;
import org.descentlang.runtime.UserException;
import org.descentlang.runtime.file.OutputFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "new",
        description = "Create a Maven project with a small training, its data and a test.",
        footer = {"", "Example:", "  descent new flowers", "  cd flowers && mvn verify"},
        mixinStandardHelpOptions = true)
final class NewCommand implements Callable<Integer> {
    private static final int LONGEST = 40;
    private static final String PLACEHOLDER = "NAME";

    @Parameters(
            paramLabel = "NAME",
            description = "The name of the folder, the project and its package: lower-case letters and digits.")
    private String name = "";

    private final Console console;

    NewCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        Path folder = Path.of(checkedName());
        if (Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
            throw new UserException(folder + " already exists and was not changed");
        }
        files().forEach((path, text) -> write(folder.resolve(path), text));
        console.out().print("""
                Next:
                  cd %s
                  mvn verify              makes Java of src/main/opt, compiles it, trains in a test
                  mvn descent:train -Ddescent.file=src/main/opt/%s.opt
                """.formatted(name, name));
        return ExitStatus.SUCCESS;
    }

    /** Java and Maven take it as it is, and so does the language. */
    private String checkedName() {
        if (!name.matches("[a-z][a-z0-9]*")
                || name.length() > LONGEST
                || SourceVersion.isKeyword(name)
                || name.equals("java")) {
            throw new UserException(
                    "`" + name + "` cannot be the name of a Java package here: use lower-case letters and"
                            + " digits, a letter first, at most " + LONGEST + ", and no Java keyword");
        }
        var source = SourceFile.of(name, template(PLACEHOLDER + ".opt"));
        if (Compiler.check(List.of(source), CompilerOptions.DEFAULT).hasErrors()) {
            throw new UserException("`" + name + "` cannot be the name of a package: it is a reserved word");
        }
        return name;
    }

    /** By path in the project. */
    private Map<String, String> files() {
        var files = new LinkedHashMap<String, String>();
        files.put("pom.xml", template("pom.xml"));
        files.put(".gitignore", template("gitignore"));
        files.put("src/main/opt/" + name + ".opt", template(PLACEHOLDER + ".opt"));
        files.put("src/test/java/" + name + "/KindsTest.java", template("KindsTest.java"));
        files.put("data/" + name + ".csv", template("data.csv"));
        return files;
    }

    private String template(String file) {
        try (InputStream stream = NewCommand.class.getResourceAsStream("new/" + file)) {
            String text = new String(Objects.requireNonNull(stream).readAllBytes(), StandardCharsets.UTF_8);
            return text.replace(PLACEHOLDER, name);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private void write(Path path, String text) {
        OutputFile.of(path, "a file of the project").write(text.getBytes(StandardCharsets.UTF_8));
        console.out().println(path);
    }
}
