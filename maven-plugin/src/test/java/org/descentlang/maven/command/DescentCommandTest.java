package org.descentlang.maven.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.descentlang.cli.Main;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DescentCommandTest {
    @TempDir
    Path folder;

    private final List<Event> events = new ArrayList<>();

    @Test
    void successWithProgressAndText() throws Exception {
        var result = run("out", "{\"event\":\"epoch\",\"loss\":0.5}", "out", "saved θ.model");

        assertThat(result.succeeded()).isTrue();
        assertThat(result.problems()).isEmpty();
        var epoch = new Progress("epoch", Map.of("loss", "0.5"));
        assertThat(events).containsExactly(epoch, new Text("saved θ.model"));
    }

    @Test
    void mistakeWithItsPlace() throws Exception {
        var json =
                "{\"severity\":\"error\",\"code\":\"D203\",\"title\":\"no\",\"file\":\"a.opt\",\"line\":6,\"column\":21}";
        var result = run("out", json, "exit", "2");

        assertThat(result.succeeded()).isFalse();
        assertThat(result.isMistake()).isTrue();
        assertThat(result.errors()).isEqualTo(1);
        assertThat(result.problems())
                .singleElement()
                .returns(folder.resolve("a.opt") + ":[6,21] D203: no", Problem::clickable);
    }

    @Test
    void failureKeepsWhatItSaidLast() throws Exception {
        var arguments = new ArrayList<String>();
        for (int i = 0; i < 300; i++) {
            Collections.addAll(arguments, "err", "line " + i);
        }
        Collections.addAll(arguments, "err", "WARNING: Using incubator modules: jdk.incubator.vector", "exit", "1");
        var result = run(arguments.toArray(String[]::new));

        assertThat(result.succeeded()).isFalse();
        assertThat(result.isMistake()).isFalse();
        assertThat(result.errorOutput()).hasSize(200).startsWith("line 100").endsWith("line 299");
    }

    @Test
    void argumentsWithSpacesAndOtherScriptsArriveAsTheyAre() throws Exception {
        run("out", "a b  \"c\" größe 数", "property", "user.dir");

        assertThat(events)
                .containsExactly(
                        new Text("a b  \"c\" größe 数"),
                        new Text(folder.toRealPath().toString()));
    }

    @Test
    void jvmArgumentsReachTheChild() throws Exception {
        DescentCommand.run(request(List.of("-Dsome.flag=7"), "property", "some.flag"), events::add);

        assertThat(events).containsExactly(new Text("7"));
    }

    private CommandResult run(String... arguments) throws Exception {
        return DescentCommand.run(request(List.of(), arguments), events::add);
    }

    private CommandRequest request(List<String> jvmArguments, String... arguments)
            throws IOException, URISyntaxException {
        var java = Path.of(System.getProperty("java.home"), "bin", "java");
        var classes = Path.of(
                Main.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        assertThat(Files.isExecutable(java)).isTrue();
        return new CommandRequest(java, List.of(classes), jvmArguments, List.of(arguments), folder);
    }
}
