package org.descentlang.compiler.emit;

import static org.assertj.core.api.Assertions.assertThat;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeSpec;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.MethodModel;
import java.lang.classfile.attribute.CodeAttribute;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.descentlang.compiler.Compiler;
import org.descentlang.compiler.CompilerOptions;
import org.descentlang.compiler.emit.kernel.LongMethod;
import org.descentlang.compiler.ir.RandomPrograms;
import org.descentlang.compiler.source.SourceFile;
import org.descentlang.compiler.type.Dim;
import org.junit.jupiter.api.Test;

/** HotSpot never compiles a method with more than 8000 bytes of bytecode. */
final class MethodSizeTest {
    private static final int LARGEST = 8000;

    @Test
    void aHundredLayersWithClippingByParameter() {
        var layers = new StringBuilder();
        for (int i = 0; i < 100; i++) {
            layers.append("    h")
                    .append(i + 1)
                    .append(" = h")
                    .append(i)
                    .append(" |> dense(8) |> gelu |> dropout(0.1)\n");
        }
        assertSmall(emitted("""
                package deep
                data Points {
                    random x : f32[batch, 8] uniform(0, 1)
                    random y : i32[batch] label(3)
                    examples 64
                }
                model Deep {
                    input x : f32[batch, 8]
                    h0 = x
                %s    output scores = dense(h100, 3)
                }
                train DeepTraining {
                    model Deep
                    data Points
                    loss cross_entropy(scores, y)
                    optimizer adam(lr = 1e-3)
                    clip parameter_norm(1.0)
                    batch 16
                    epochs 1
                }
                """.formatted(layers)));
    }

    @Test
    void partsOfPartsHaveNamesOfTheirOwn() {
        var methods = LongMethod.inParts("run", Collections.nCopies(4000, CodeBlock.of("step();\n")));
        assertThat(methods).hasSize(1 + 2 + 67).extracting(MethodSpec::name).doesNotHaveDuplicates();
        assertThat(methods.stream()
                        .flatMap(method -> method.code().toString().lines())
                        .filter("step();"::equals))
                .hasSize(4000);
    }

    @Test
    void anyNumberOfFieldsIsWritten() {
        var type = TypeSpec.classBuilder("Wide");
        IntStream.range(0, 20_000).forEach(i -> type.addField(int.class, "f" + i));
        String text = JavaSources.file("wide", "wide.opt", type.build(), 0).text();
        assertThat(text).contains("    int f0, f1, f2,").contains("    int f19999;\n");
    }

    @Test
    void manyFirstValues() {
        String values = "0.25, ".repeat(2999) + "1.5";
        assertSmall(emitted("""
                package values
                model Point {
                    weight p : f32[3000] = [%s]
                    output value = sum(p^2)
                }
                train Descent {
                    model Point
                    loss value
                    optimizer sgd(lr = 0.1)
                    steps 10
                }
                """.formatted(values)));
    }

    @Test
    void randomPrograms() {
        for (long seed = 0; seed < 5; seed++) {
            var program = RandomPrograms.any(seed, 120, List.of(Dim.BATCH, Dim.of(3), Dim.of(64)));
            assertSmall(new RunnableProgram(program, 16).sources());
        }
    }

    private static List<JavaFile> emitted(String source) {
        var compilation = Compiler.compile(List.of(SourceFile.of("test.opt", source)), CompilerOptions.DEFAULT);
        assertThat(compilation.problems()).isEmpty();
        return compilation.javaFiles();
    }

    private static void assertSmall(List<JavaFile> files) {
        var classes = MemoryCompiler.compile(files).classes();
        assertThat(classes).isNotEmpty();
        classes.forEach((name, bytes) -> {
            ClassModel model = ClassFile.of().parse(bytes);
            for (MethodModel method : model.methods()) {
                int size = method.findAttribute(java.lang.classfile.Attributes.code())
                        .map(CodeAttribute::codeLength)
                        .orElse(0);
                assertThat(size).as(name + "." + method.methodName()).isLessThanOrEqualTo(LARGEST);
            }
        });
    }
}
