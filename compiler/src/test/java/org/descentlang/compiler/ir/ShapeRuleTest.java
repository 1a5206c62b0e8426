package org.descentlang.compiler.ir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ShapeRuleTest {
    private static final String READS = """
            program "p"
            %a = read input "a" : f32[batch, 3]
            %q = read input "q" : f32[2, 4, 3]
            %r = read input "r" : f32[2, 3, 5]
            %v = read input "v" : f32[3]
            %i = read input "i" : i32[batch, 2]
            %c = read input "c" : bool[3]
            """;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "compare less %a, %a                                | bool[batch, 3]",
                "select %c, %v, %v                                  | f32[3]",
                "reshape %a : f32[3 * batch]                        | f32[3 * batch]",
                "transpose axes=[2, 0, 1] %q                        | f32[3, 2, 4]",
                "matmul %q, %r                                      | f32[2, 4, 5]",
                "matmul left right %r, %q                           | f32[2, 5, 4]",
                "reduce maximum axes=[0, 2] %q                      | f32[4]",
                "argmax axis=1 %q                                   | i32[2, 3]",
                "gather %q, %i                                      | f32[batch, 2, 4, 3]",
                "matmul left %a, %a                                 | f32[3, 3]",
                "broadcast axes=[1] %v : f32[batch^2, 3]            | f32[batch^2, 3]"
            })
    void wellTyped(String operation, String type) {
        var program = Reader.read(READS + "%y = " + operation);
        assertThat(program.type(program.size() - 1)).hasToString(type);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "exp %i                               | wrong element type",
                "not %v                               | wrong element type",
                "negate %c                            | wrong element type",
                "exp %v, %v                           | wrong number of operands",
                "concat axis=0                        | wrong number of operands",
                "add %a, %v                           | operands differ",
                "and %v, %v                           | wrong element type",
                "add %c, %c                           | wrong element type",
                "compare equal %a, %i                 | operands differ",
                "select %v, %v, %v                    | the condition must be a bool of the values' shape",
                "select %c, %v, %c                    | operands differ",
                "broadcast axes=[] %v : f32[3]        | needs one axis for each of the operand's",
                "broadcast axes=[0] %v : f32[4, 3]    | operand's axis 0 must have size 4",
                "broadcast axes=[1, 0] %a : f32[3, batch] | axes must ascend",
                "reshape %a : f32[6]                  | the number of elements differs",
                "transpose axes=[0, 0] %a             | an axis is named twice",
                "slice axis=0 start=0 length=1 %a     | axis 0 must have a size known when compiling",
                "slice axis=1 start=2 length=2 %a     | the range leaves the axis of size 3",
                "pad axis=3 before=1 after=1 %q       | no axis 3 in [2, 4, 3]",
                "concat axis=0 %v, %c                 | operands differ in another axis or in element type",
                "concat axis=2 %q, %r                 | operands differ in another axis or in element type",
                "reduce sum axes=[1, 0] %q            | axes must ascend",
                "argmax axis=0 %c                     | wrong element type",
                "matmul %v, %v                        | needs matrices",
                "matmul %a, %a                        | 3 columns on the left are not batch rows on the right",
                "matmul %a, %q                        | leading axes differ",
                "gather %v, %v                        | the index must be i32",
                "gather %a, %i                        | the table must have a fixed number of rows",
                "scatter_add rows=3 %i, %a            | the updates need the index's axes first",
                "iota axis=1 : i32[3]                 | no axis 1 in [3]"
            })
    void illTyped(String operation, String problem) {
        assertThatThrownBy(() -> Reader.read(READS + "%y = " + operation))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageEndingWith(": " + problem);
    }
}
