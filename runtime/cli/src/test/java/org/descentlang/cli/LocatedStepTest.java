package org.descentlang.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.descentlang.description.ProgramRole;
import org.descentlang.runtime.data.DataSet;
import org.descentlang.runtime.training.StepArray;
import org.descentlang.runtime.training.TrainingStep;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Everything but the one question is asked of the generated step. What has a default in the interface is easily
 * forgotten: `read loss every n steps` was once without effect on the command line.
 */
final class LocatedStepTest {
    static List<Method> questions() {
        return Stream.of(TrainingStep.class.getMethods())
                .filter(method -> !method.getName().equals("firstNonfinite"))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("questions")
    void isHandedOn(Method question) throws ReflectiveOperationException {
        var asked = new ArrayList<Method>();
        var generated = (TrainingStep) Proxy.newProxyInstance(
                TrainingStep.class.getClassLoader(), new Class<?>[] {TrainingStep.class}, (_, method, _) -> {
                    asked.add(method);
                    return answer(method.getReturnType());
                });
        var located = new LocatedStep(generated, () -> {
            throw new AssertionError("the reference was asked");
        });
        Class<?>[] types = question.getParameterTypes();
        @Nullable Object[] arguments = new Object[types.length];
        Arrays.setAll(arguments, i -> argument(types[i]));
        Object answer = question.invoke(located, arguments);
        assertThat(asked).containsExactly(question);
        assertThat(answer).isEqualTo(answer(question.getReturnType()));
    }

    /** None is what the interface would answer by itself. */
    private static @Nullable Object answer(Class<?> type) {
        return switch (type.getSimpleName()) {
            case "boolean" -> true;
            case "int" -> 7;
            case "double" -> 7.0;
            case "List" -> List.of("warning");
            case "Set" -> Set.of(ProgramRole.STEP);
            default -> null;
        };
    }

    private static @Nullable Object argument(Class<?> type) {
        return switch (type.getSimpleName()) {
            case "boolean" -> true;
            case "int" -> 1;
            case "double" -> 1.0;
            case "ProgramRole" -> ProgramRole.STEP;
            case "StepArray" -> StepArray.STATES;
            case "DataSet" -> new DataSet("none", 1, List.of());
            default -> null;
        };
    }
}
