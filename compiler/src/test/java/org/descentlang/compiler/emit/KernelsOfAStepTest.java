package org.descentlang.compiler.emit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.descentlang.compiler.Compiler;
import org.descentlang.compiler.CompilerOptions;
import org.descentlang.compiler.ImportResolver;
import org.descentlang.compiler.source.SourceFile;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How many tasks a step on a device is, each of which costs a launch, and how many of them are one thread's. */
final class KernelsOfAStepTest {
    private static final Pattern KERNEL = Pattern.compile("static void (gradient|update)(Scalars)?\\d+\\w*\\(");

    /**
     * They were 3 of 21 tasks in W1 and 3 of 19 in the digits. A norm in 256 parts keeps the last one. The mask of the
     * digits' dropout has none, either.
     */
    @ParameterizedTest
    @CsvSource({"w1, W1, 18, 0", "digits, DigitsTraining, 16, 1"})
    void singleNumbersHaveFewKernelsOfTheirOwn(String spec, String training, int all, int ofOneThread)
            throws IOException {
        List<String> names = KERNEL.matcher(kernels(spec, training))
                .results()
                .map(found -> found.group())
                .filter(name -> !name.contains("InGroups"))
                .toList();
        assertThat(names).hasSize(all);
        assertThat(names).filteredOn(name -> name.contains("Scalars")).hasSize(ofOneThread);
    }

    private static String kernels(String spec, String training) throws IOException {
        String text = Files.readString(Path.of("src/test/resources/specs", spec + ".opt"));
        var options = new CompilerOptions(Map.of(), ImportResolver.NONE, _ -> "gpu");
        return Compiler.compile(List.of(SourceFile.of(spec + ".opt", text)), options).javaFiles().stream()
                .filter(file -> file.path().endsWith("/" + training + "DeviceKernels.java"))
                .findFirst()
                .orElseThrow()
                .text();
    }
}
