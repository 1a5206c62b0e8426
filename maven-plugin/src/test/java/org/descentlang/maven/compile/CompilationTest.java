package org.descentlang.maven.compile;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import org.descentlang.maven.command.CommandResult;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With a compiler that makes {@code a/b/X.java} of {@code X.opt}, or fails where the text is {@code wrong}. */
class CompilationTest {
    private static final FileTime LONG_AGO = FileTime.fromMillis(1_000_000_000_000L);

    @TempDir
    Path folder;

    private Path sources = Path.of("");
    private Path output = Path.of("");
    private List<String> options = List.of();
    private final List<String> excluded = new ArrayList<>();
    private int started;

    @BeforeEach
    void twoSources() throws IOException {
        sources = Files.createDirectories(folder.resolve("opt"));
        output = folder.resolve("java");
        Files.writeString(folder.resolve("compiler.jar"), "version 1");
        write("One.opt", "1");
        write("Two.opt", "2");
    }

    @Test
    void theFirstBuildWritesAll() throws Exception {
        assertThat(compile()).isEqualTo(compiled(2, List.of("One", "Two"), List.of()));
        assertThat(java("One")).hasContent("1");
        assertThat(folder.resolve("work/staging")).doesNotExist();
    }

    @Test
    void theSecondStartsNothing() throws Exception {
        compile();

        assertThat(compile()).isEqualTo(new CompileResult.UpToDate());
        assertThat(started).isEqualTo(1);
    }

    @Test
    void aTouchedFileIsNoChange() throws Exception {
        compile();
        Files.setLastModifiedTime(sources.resolve("One.opt"), FileTime.fromMillis(System.currentTimeMillis() + 60_000));

        assertThat(compile()).isInstanceOf(CompileResult.UpToDate.class);
    }

    @Test
    void aChangeWritesOnlyWhatDiffers() throws Exception {
        compile();
        Files.setLastModifiedTime(java("One"), LONG_AGO);
        write("Two.opt", "22");

        assertThat(compile()).isEqualTo(compiled(2, List.of("Two"), List.of()));
        assertThat(java("Two")).hasContent("22");
        assertThat(Files.getLastModifiedTime(java("One"))).isEqualTo(LONG_AGO);
    }

    /**
     * A build that is killed leaves whole files: what had a second name keeps its text, and nothing else lies there.
     */
    @Test
    void filesAreWrittenAsideAndMoved() throws Exception {
        compile();
        Path other = Files.createLink(folder.resolve("other"), java("Two"));
        Path state = Files.createLink(folder.resolve("state"), folder.resolve("work/state.json"));
        String before = Files.readString(state);
        write("Two.opt", "22");
        compile();

        assertThat(java("Two")).hasContent("22");
        assertThat(other).hasContent("2");
        assertThat(state).hasContent(before);
        try (var files = Files.list(java("Two").getParent())) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder("One.java", "Two.java");
        }
    }

    @Test
    void aChangedImportIsAChange() throws Exception {
        excluded.add("Two.opt");
        compile();
        write("Two.opt", "22");

        assertThat(compile()).isInstanceOf(CompileResult.Compiled.class);
    }

    @Test
    void anotherOptionIsAChange() throws Exception {
        compile();
        options = List.of("--set", "lr=1");

        assertThat(compile()).isEqualTo(compiled(2, List.of(), List.of()));
        assertThat(compile()).isInstanceOf(CompileResult.UpToDate.class);
        options = List.of();
        assertThat(compile()).isInstanceOf(CompileResult.Compiled.class);
    }

    @Test
    void anotherCompilerIsAChange() throws Exception {
        compile();
        Files.writeString(folder.resolve("compiler.jar"), "version 2");

        assertThat(compile()).isInstanceOf(CompileResult.Compiled.class);
    }

    @Test
    void aRenamedSourceIsAChange() throws Exception {
        compile();
        Files.move(sources.resolve("One.opt"), sources.resolve("Uno.opt"));

        assertThat(compile()).isEqualTo(compiled(2, List.of("Uno"), List.of("One")));
    }

    @Test
    void aDeletedSourceTakesItsJavaWithIt() throws Exception {
        compile();
        Files.delete(sources.resolve("One.opt"));

        assertThat(compile()).isEqualTo(compiled(1, List.of(), List.of("One")));
        assertThat(java("One")).doesNotExist();
        assertThat(java("Two")).exists();
    }

    @Test
    void withTheLastSourceGoesTheFolderAndTheState() throws Exception {
        compile();
        Files.delete(sources.resolve("One.opt"));
        Files.delete(sources.resolve("Two.opt"));

        assertThat(compile()).isEqualTo(new CompileResult.NoSources(changes(List.of(), List.of("One", "Two"))));
        assertThat(output).isEmptyDirectory();
        assertThat(folder.resolve("work/state.json")).doesNotExist();
        assertThat(started).isEqualTo(1);
    }

    @Test
    void noSourcesStartNothing() throws Exception {
        Files.delete(sources.resolve("One.opt"));
        Files.delete(sources.resolve("Two.opt"));

        assertThat(compile()).isEqualTo(new CompileResult.NoSources(changes(List.of(), List.of())));
        assertThat(started).isZero();
    }

    @Test
    void filesOfOthersStay() throws Exception {
        compile();
        var other = Files.writeString(output.resolve("a/b/Other.java"), "by hand");
        Files.delete(sources.resolve("One.opt"));
        compile();

        assertThat(other).hasContent("by hand");
    }

    @Test
    void aFailureLeavesAllAsItWas() throws Exception {
        compile();
        write("One.opt", "wrong");

        assertThat(compile()).isInstanceOf(CompileResult.Rejected.class);
        assertThat(java("One")).hasContent("1");
        assertThat(folder.resolve("work/staging")).doesNotExist();
    }

    @Test
    void afterAFailureTheNextBuildTriesAgain() throws Exception {
        write("One.opt", "wrong");

        assertThat(compile()).isInstanceOf(CompileResult.Rejected.class);
        assertThat(compile()).isInstanceOf(CompileResult.Rejected.class);
        write("One.opt", "1");
        assertThat(compile()).isEqualTo(compiled(2, List.of("One", "Two"), List.of()));
        assertThat(started).isEqualTo(3);
    }

    @Test
    void takingBackAMistakeCostsNothing() throws Exception {
        compile();
        write("One.opt", "wrong");
        compile();
        write("One.opt", "1");

        assertThat(compile()).isInstanceOf(CompileResult.UpToDate.class);
    }

    @Test
    void javaThatWasDeletedOrEditedIsMadeAgain() throws Exception {
        compile();
        Files.delete(java("One"));
        Files.writeString(java("Two"), "edited");

        assertThat(compile()).isEqualTo(compiled(2, List.of("One", "Two"), List.of()));
        assertThat(java("Two")).hasContent("2");
    }

    @Test
    void aBrokenStateIsAFirstBuild() throws Exception {
        for (var text : List.of("", "{", "[]", "null", "{\"fingerprint\": 3}", "{\"outputs\": {}}")) {
            compile();
            Files.writeString(folder.resolve("work/state.json"), text);

            assertThat(compile()).as(text).isInstanceOf(CompileResult.Compiled.class);
        }
    }

    private CompileResult compile() throws Exception {
        var names = names();
        var taken = names.stream()
                .filter(name -> !excluded.contains(name.toString()))
                .toList();
        var request = new CompileRequest(
                sources,
                taken,
                names,
                options,
                List.of(folder.resolve("compiler.jar")),
                output,
                folder.resolve("work"));
        return Compilation.run(request, this::compile);
    }

    private CommandResult compile(Path staging) throws IOException {
        started++;
        for (var name : names()) {
            var text = Files.readString(sources.resolve(name));
            if (text.equals("wrong")) {
                return new CommandResult(2, List.of(), List.of());
            }
            var made = staging.resolve("a/b/" + name.toString().replace(".opt", ".java"));
            Files.createDirectories(made.getParent());
            Files.writeString(made, text);
        }
        return new CommandResult(0, List.of(), List.of());
    }

    private List<Path> names() throws IOException {
        try (var files = Files.list(sources)) {
            return files.map(sources::relativize).sorted().toList();
        }
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(sources.resolve(name), text);
    }

    private Path java(String name) {
        return output.resolve("a/b/" + name + ".java");
    }

    private static CompileResult compiled(int sources, List<String> written, List<String> removed) {
        return new CompileResult.Compiled(sources, changes(written, removed));
    }

    private static Changes changes(List<String> written, List<String> removed) {
        return new Changes(paths(written), paths(removed));
    }

    private static List<Path> paths(List<String> names) {
        return names.stream().map(name -> Path.of("a/b", name + ".java")).toList();
    }
}
