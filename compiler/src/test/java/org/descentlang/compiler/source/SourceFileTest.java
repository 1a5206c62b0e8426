package org.descentlang.compiler.source;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SourceFileTest {
    @ParameterizedTest
    @CsvSource({
        "digits.opt, digits.opt",
        "src/main/opt/digits.opt, src/main/opt/digits.opt",
        "../opt/digits.opt, ../opt/digits.opt",
        "/home/ada/digits.opt, digits.opt",
        "C:\\Users\\ada\\digits.opt, digits.opt",
        "C:/Users/ada/digits.opt, digits.opt",
        "\\\\server\\ada\\digits.opt, digits.opt"
    })
    void whatIsKeptSaysNothingOfSomebodysFolders(String name, String kept) {
        assertThat(SourceFile.of(name, "").shortName()).isEqualTo(kept);
    }
}
