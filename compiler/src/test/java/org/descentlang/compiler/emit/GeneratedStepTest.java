package org.descentlang.compiler.emit;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.Instruction;
import java.lang.classfile.Opcode;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.reflect.AccessFlag;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Steps and predictions can be read: few arguments, nothing that is not used, names for all places. */
final class GeneratedStepTest {
    private static final int MOST_ARGUMENTS = 8;

    private static final Pattern CLASSES = Pattern.compile(
            ".*(Step|LookAhead|Gradient|Update|Evaluation|GradientNorm|Kernels\\d*|Prediction|Predict)");

    private static final Pattern CONSTANT = Pattern.compile("(?m)^ {4}int (\\w+) =");

    @ParameterizedTest
    @ValueSource(strings = {"digits", "own_rules", "race", "valley", "w1", "w5", "w6"})
    void noArgumentListIsLongAndEveryFieldIsRead(String spec) {
        var all = classes(spec);
        var read = all.stream()
                .flatMap(GeneratedStepTest::code)
                .filter(element -> element.opcode() == Opcode.GETFIELD)
                .map(element -> (FieldInstruction) element)
                .map(element -> element.owner().asInternalName() + "." + element.name())
                .collect(Collectors.toSet());
        for (ClassModel model : all) {
            String name = model.thisClass().asInternalName();
            model.methods()
                    .forEach(method -> assertThat(method.methodTypeSymbol().parameterCount())
                            .as(name + "." + method.methodName())
                            .isLessThanOrEqualTo(MOST_ARGUMENTS));
            code(model)
                    .filter(InvokeInstruction.class::isInstance)
                    .map(InvokeInstruction.class::cast)
                    .forEach(call -> assertThat(call.typeSymbol().parameterCount())
                            .as(name + " calls " + call.name())
                            .isLessThanOrEqualTo(MOST_ARGUMENTS));
            assertThat(model.fields())
                    .filteredOn(field -> !field.flags().has(AccessFlag.STATIC))
                    .extracting(field -> name + "." + field.fieldName())
                    .allMatch(read::contains);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"digits", "own_rules", "race", "valley", "w1", "w5", "w6"})
    void everyNameOfAPlaceIsUsed(String spec) {
        var files = Specs.compile(spec + ".opt").javaFiles();
        for (JavaFile places : files) {
            if (!places.path().endsWith("Places.java")) {
                continue;
            }
            String owner = places.path().replace("Places.java", "");
            String others = files.stream()
                    .filter(file -> !file.equals(places) && file.path().startsWith(owner))
                    .map(JavaFile::text)
                    .collect(Collectors.joining());
            var words = Pattern.compile("\\W+").splitAsStream(others).collect(Collectors.toSet());
            assertThat(CONSTANT.matcher(places.text()).results().map(found -> found.group(1)))
                    .as(places.path())
                    .allMatch(words::contains);
        }
    }

    /** It had 519 lines. */
    @Test
    void theStepOfTheDigitsIsShort() {
        var lines = Specs.compile("digits.opt").javaFiles().stream()
                .filter(file ->
                        file.path().matches(".*/DigitsTraining(Step|Gradient|Update|Evaluation|GradientNorm).java"))
                .map(file -> file.text().lines().count())
                .toList();
        assertThat(lines).hasSize(5).allMatch(count -> count < 140);
        assertThat(lines.stream().mapToLong(Long::longValue).sum()).isLessThan(370);
    }

    private static List<ClassModel> classes(String spec) {
        return MemoryCompiler.compile(Specs.compile(spec + ".opt").javaFiles()).classes().values().stream()
                .map(bytes -> ClassFile.of().parse(bytes))
                .filter(model ->
                        CLASSES.matcher(model.thisClass().asInternalName()).matches())
                .toList();
    }

    private static Stream<Instruction> code(ClassModel model) {
        return model.methods().stream()
                .flatMap(method -> method.code().stream())
                .flatMap(code -> code.elementStream())
                .filter(Instruction.class::isInstance)
                .map(Instruction.class::cast);
    }
}
