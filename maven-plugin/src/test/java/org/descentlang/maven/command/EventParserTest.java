package org.descentlang.maven.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventParserTest {
    private final Path folder = Path.of("project").toAbsolutePath();
    private final EventParser parser = new EventParser(folder);

    @Test
    void errorWithEverything() {
        var event = parser.parse("""
                {"severity":"error","code":"D203","title":"64 is not 128","file":"src/a.opt","line":6,"column":21,\
                "endLine":6,"endColumn":34,"label":"here","labels":[{"file":"src/a.opt","line":4}],"help":"use 128"}""");

        assertThat(event)
                .isEqualTo(new Problem(
                        Problem.Severity.ERROR,
                        "D203",
                        "64 is not 128",
                        Optional.of(folder.resolve("src/a.opt")),
                        6,
                        21,
                        Optional.of("use 128")));
    }

    @Test
    void aProblemIsOneClickableLine() {
        var event = parser.parse("""
                {"severity":"warning","code":"D310","title":"pieces do not meet","file":"a.opt","line":1,"column":2,"help":"x"}""");

        assertThat(((Problem) event).clickable())
                .isEqualTo(folder.resolve("a.opt") + ":[1,2] D310: pieces do not meet (help: x)");
    }

    @Test
    void anAbsoluteFileStaysWhereItIs() {
        var file = folder.resolveSibling("other.opt");
        var json = file.toString().replace("\\", "\\\\");
        var event = parser.parse("{\"severity\":\"error\",\"code\":\"D1\",\"title\":\"t\",\"file\":\"" + json + "\"}");

        assertThat(((Problem) event).file()).contains(file);
    }

    @Test
    void aProblemWithoutAPlaceIsItsMessage() {
        var event = parser.parse("{\"severity\":\"error\",\"code\":\"D900\",\"title\":\"a bug\"}");

        assertThat(((Problem) event).clickable()).isEqualTo("D900: a bug");
    }

    @Test
    void aMistakeInDataHasALineAndNoCode() {
        var event = parser.parse("{\"severity\":\"error\",\"title\":\"a hole\",\"file\":\"a.csv\",\"line\":17}");

        assertThat(((Problem) event).clickable()).isEqualTo(folder.resolve("a.csv") + ":[17] a hole");
    }

    @Test
    void progressNamesNestedFieldsByTheirPath() {
        var event = parser.parse("""
                {"event":"epoch","epoch":3,"validation":{"accuracy":0.93,"f1":null},"best":true}""");

        assertThat(((Progress) event).line())
                .isEqualTo("epoch: epoch 3, validation.accuracy 0.93, validation.f1 null, best true");
    }

    @Test
    void aLineForPeopleLeavesOutWhatIsForPrograms() {
        var event = parser.parse("""
                {"event":"epoch","loss":0.41234567,"hyperparameters":{"optimizer.lr":3.0E-4,"optimizer.beta1":0.9},\
                "norms":{"body.w":12.25},"seconds":1200.0}""");

        assertThat(((Progress) event).line())
                .isEqualTo("epoch: loss 0.4123, hyperparameters.optimizer.lr 0.0003, seconds 1200");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "plain",
                "{",
                "{not json}",
                "{} trailing",
                "[1]",
                "{\"severity\":\"odd\"}",
                "{\"severity\":\"error\",\"line\":\"x\"}",
                "{\"severity\":null}"
            })
    void whatIsNoEventIsText(String line) {
        assertThat(parser.parse(line)).isEqualTo(new Text(line));
    }
}
