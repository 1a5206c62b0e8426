package org.descentlang.runtime.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import org.descentlang.description.DataDescription;
import org.descentlang.description.DataDescription.Content;
import org.descentlang.description.DataDescription.Conversion;
import org.descentlang.description.DataDescription.Field;
import org.descentlang.description.DataSource;
import org.descentlang.runtime.UserException;
import org.descentlang.runtime.data.DataSet.Integers;
import org.descentlang.runtime.data.DataSet.Numbers;
import org.descentlang.runtime.random.Philox;
import org.descentlang.runtime.random.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DataLoaderTest {
    private static final Conversion HALVES = (columns, field, rows) -> {
        for (int i = 0; i < 2 * rows; i++) {
            field[i] = columns[i] / 2;
        }
    };
    private static final Conversion LOGARITHMS = (columns, field, rows) -> {
        for (int i = 0; i < 2 * rows; i++) {
            field[i] = (float) Math.log(columns[i]);
        }
    };

    @TempDir
    Path folder;

    @Test
    void readsNumbersAndLabels() throws IOException {
        DataSet data = load("1, 2,0\n3e1,-.5,2\n", HALVES);
        assertThat(data.examples()).isEqualTo(2);
        assertThat(numbers(data)).containsExactly(0.5f, 1, 15, -0.25f);
        assertThat(labels(data)).containsExactly(0, 2);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {"a,b,c~1,2,0~", "~~1,2,0", "1,2,0~~", "1,2,0.0", "\uFEFF1,2,0", "a b,\"x, y\",_~\"1\",\"2\",\"0\"~"
            })
    void readsTheUsualVariants(String text) throws IOException {
        for (String end : List.of("\n", "\r\n", "\r")) {
            DataSet data = load(text.replace("~", end), HALVES);
            assertThat(data.examples()).isEqualTo(1);
            assertThat(numbers(data)).containsExactly(0.5f, 1);
            assertThat(labels(data)).containsExactly(0);
        }
    }

    @Test
    void convertsMoreThanAChunk() throws IOException {
        int examples = 2 * Conversion.MOST_ROWS + 3;
        var text = new StringBuilder();
        for (int i = 0; i < examples; i++) {
            text.append(i).append(',').append(2 * i).append(",").append(i % 3).append('\n');
        }
        DataSet data = load(text.toString(), HALVES);
        assertThat(data.examples()).isEqualTo(examples);
        float[] values = numbers(data);
        for (int i = 0; i < examples; i++) {
            assertThat(values[2 * i]).isEqualTo(i / 2f);
            assertThat(values[2 * i + 1]).isEqualTo(i);
            assertThat(labels(data)[i]).isEqualTo(i % 3);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | : expected at least one line of numbers, but the file is empty",
                "a,b,c | : expected at least one line of numbers after the header",
                "a,b,c~1\u0000,2,0 | :2: this is not a text file: it contains a zero byte",
                "1,2 | :1: expected a column 2, but the file has columns 0 to 1",
                "1;2;0 | :1: expected a column 2, but the file has column 0 only; values are separated by commas, not by"
                        + " semicolons or tabs",
                "1,2,0~1,2 | :2: expected 3 values as in the first line, found 2",
                "1,2,0~1,2,0,4 | :2: expected 3 values as in the first line, found 4",
                "1,2,0~1,two,0 | :2: column 1: expected a number, found \"two\"",
                "1,2,0~1,,0 | :2: column 1: expected a number, found \"\"",
                "1,2,0~1,2f,0 | :2: column 1: expected a number, found \"2f\"",
                "x,y,digit~1,2,a | :2: column 2 (digit): expected a number, found \"a\"",
                "1,2,0~~NaN,2,0 | :3: column 0: expected a finite number, found \"NaN\"",
                "1,2,0~1e99,2,0 | :2: column 0: expected a finite number, found \"1e99\"",
                "1,2,0~1,2,0.5 | :2: column 2: expected a class number, found \"0.5\"",
                "1,2,0~1,2,3 | :2: column 2: expected a class from 0 to 2, found \"3\"",
                "1,2,0~1,2,-1 | :2: column 2: expected a class from 0 to 2, found \"-1\"",
                "1,2,0~1,0,1 | :2: column 1: the field x becomes -Infinity of 0.0, which is not finite"
            })
    void saysWhatIsWrongAndWhere(String text, String message) throws IOException {
        assertThatThrownBy(() -> load(text.replace('~', '\n'), LOGARITHMS))
                .isInstanceOf(UserException.class)
                .hasMessage(folder.toRealPath().resolve("d.csv") + message);
    }

    /** A float knows neither 16777217 nor the difference between 1.99999999 and 2. */
    @ParameterizedTest
    @CsvSource({
        "16777217, 16777217",
        "1.6777217e7, 16777217",
        "2147483646.000, 2147483646",
        "-0, 0",
        "+3., 3",
        "0e999999999, 0",
        "20000000000e-10, 2"
    })
    void readsLabelsExactly(String text, int label) throws IOException {
        assertThat(label(text)).containsExactly(label);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1.99999999 | a class number, found \"1.99999999\"",
                "1.00000000000000000001 | a class number, found \"1.000000000000000000…\"",
                "1e-400 | a class number, found \"1e-400\"",
                "1e99999999999 | a class number, found \"1e99999999999\"",
                "NaN | a class number, found \"NaN\"",
                "-1e-9 | a class number, found \"-1e-9\"",
                "2147483647 | a class from 0 to 2147483646, found \"2147483647\"",
                "1e999999999 | a class from 0 to 2147483646, found \"1e999999999\"",
                "٣ | a number, found \"٣\""
            })
    void refusesWhatIsNoClass(String text, String message) {
        assertThatThrownBy(() -> label(text)).hasMessageEndingWith("d.csv:2: column 0 (y): expected " + message);
    }

    @Test
    void aLabelOfAMillionDigitsCostsNothing() {
        String digits = "9".repeat(1_000_000);
        assertThatThrownBy(() -> label(digits))
                .hasMessageEndingWith("expected a class number, found \"99999999999999999999…\"");
    }

    /** The file may be one that was not meant: /etc/passwd, say. */
    @Test
    void printsLittleOfWhatItFound() {
        String line = "root:x:0:0:root:/root:/bin/bash";
        assertThatThrownBy(() -> load("\u001b[2Jname" + line + ",b,c\n" + line + "\u001b,1,1\n", HALVES))
                .hasMessageEndingWith(
                        "d.csv:2: column 0 (\\u001b[2Jnameroot:x:0:0:r…): expected a number, found \"root:x:0:0:root:/roo…\"");
    }

    @Test
    void readsNoColumnThatIsNotThereAndTakesNoMemoryForIt() throws IOException {
        var wide = new Field("x", 900_001, new Content.Columns(0, 900_000, HALVES));
        assertThatThrownBy(() -> load("1,2\n", wide))
                .hasMessageEndingWith("d.csv:1: expected a column 900000, but the file has columns 0 to 1");
        var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        assertThatThrownBy(() -> load("1,2\n", wide)).isInstanceOf(UserException.class);
        assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(1_000_000);
    }

    /** Two arrays of 256 rows would be 205 MB. */
    @Test
    void wideFieldsAreConvertedInSmallChunks() throws IOException {
        int width = 100_000;
        var wide = new Field("x", width, new Content.Columns(0, width - 1, (from, to, rows) -> {
            assertThat(rows).isLessThanOrEqualTo(1);
            System.arraycopy(from, 0, to, 0, rows * width);
        }));
        DataSet data = load("1" + ",2".repeat(width - 1) + "\n3" + ",4".repeat(width - 1) + "\n", wide);
        float[] values = ((Numbers) data.field("x")).values();
        assertThat(values[0]).isEqualTo(1);
        assertThat(values[width - 1]).isEqualTo(2);
        assertThat(values[width]).isEqualTo(3);
        assertThat(values[2 * width - 1]).isEqualTo(4);
    }

    /** `columns(0 .. 2)[.., 0 .. 0]` has one value of three columns. */
    @Test
    void aFieldMayHaveFewerValuesThanColumns() throws IOException {
        var first = new Field("x", 1, new Content.Columns(0, 2, (from, to, rows) -> {
            for (int i = 0; i < rows; i++) {
                to[i] = 1 / from[3 * i];
            }
        }));
        DataSet data = load("1,2,3\n4,5,6\n", first);
        assertThat(data.field("x")).isInstanceOfSatisfying(Numbers.class, numbers -> {
            assertThat(numbers.width()).isEqualTo(1);
            assertThat(numbers.values()).startsWith(1, 0.25f);
        });
        assertThatThrownBy(() -> load("1,2,3\n0,5,6\n", first))
                .hasMessageEndingWith("d.csv:2: the field x becomes Infinity, which is not finite");
    }

    @Test
    void readsWholeNumbersOfSeveralColumns() throws IOException {
        var field = new Field("n", 4, new Content.Integers(1, 4));
        DataSet data = load("7,1,-2,3.0,2147483647\n7,0,-0,1e3,-2147483648\n", field);
        assertThat(data.field("n").width()).isEqualTo(4);
        assertThat(integers(data, "n")).containsExactly(1, -2, 3, Integer.MAX_VALUE, 0, 0, 1000, Integer.MIN_VALUE);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1.5 | a whole number, found \"1.5\"",
                "x | a number, found \"x\"",
                "NaN | a whole number, found \"NaN\"",
                "2147483648 | a whole number from -2147483648 to 2147483647, found \"2147483648\""
            })
    void namesWhatIsNoWholeNumber(String text, String message) {
        var field = new Field("n", 2, new Content.Integers(0, 1));
        assertThatThrownBy(() -> load("1,2\n3," + text + "\n", field))
                .hasMessageEndingWith("d.csv:2: column 1: expected " + message);
    }

    @Test
    void readsLabelsOfSeveralColumns() throws IOException {
        var field = new Field("y", 3, new Content.Labels(0, 2, 5));
        assertThat(integers(load("0,1,2\n4,3,0\n", field), "y")).containsExactly(0, 1, 2, 4, 3, 0);
        assertThatThrownBy(() -> load("0,1,2\n4,5,0\n", field))
                .hasMessageEndingWith("d.csv:2: column 1: expected a class from 0 to 4, found \"5\"");
    }

    private static int[] integers(DataSet data, String field) {
        Integers integers = (Integers) data.field(field);
        return Arrays.copyOf(integers.values(), data.examples() * integers.width());
    }

    private int[] label(String text) throws IOException {
        var field = new Field("y", 1, new Content.Labels(0, 0, Integer.MAX_VALUE));
        DataSet data = load("y\n" + text + "\n", field);
        return Arrays.copyOf(((Integers) data.field("y")).values(), data.examples());
    }

    private DataSet load(String text, Field field) throws IOException {
        Files.writeString(folder.resolve("d.csv"), text);
        var description =
                new DataDescription("D", new DataSource.File("d.csv"), List.of(field), 1, 0, 0, OptionalLong.empty());
        return DataLoader.load(description, DataFolders.of(folder));
    }

    @Test
    void carriesFileAndLine() throws IOException {
        String file = folder.toRealPath().resolve("d.csv").toString();
        assertThatThrownBy(() -> load("1,2,0\n1,2,9\n", HALVES))
                .isInstanceOfSatisfying(UserException.class, mistake -> {
                    assertThat(mistake.file()).contains(file);
                    assertThat(mistake.line()).hasValue(2);
                });
    }

    @Test
    void asksForMemoryBeforeItTakesIt() {
        var wide = new Field("x", 4000, new Content.RandomUniform(0, 1));
        assertThatThrownBy(() -> DataLoader.load(random(1_000_000, wide), DataFolders.of()))
                .isInstanceOf(UserException.class)
                .hasMessage("Field x has 1,000,000 examples of 4,000 values, but an array holds at most 2,147,483,639");
        var large = new Field("x", 1, new Content.RandomUniform(0, 1));
        int tooMany = (int) Math.min(Integer.MAX_VALUE - 8, Runtime.getRuntime().maxMemory() / 4);
        assertThatThrownBy(() -> DataLoader.load(random(tooMany, large), DataFolders.of()))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("start it with a larger -Xmx");
    }

    @Test
    void makesTheSameRandomDataAgain() {
        var x = new Field("x", 3, new Content.RandomUniform(-1, 3));
        var n = new Field("n", 2, new Content.RandomNormal(5, 0.1));
        var y = new Field("y", 1, new Content.RandomLabels(4));
        DataSet data = DataLoader.load(random(1000, x, n, y), DataFolders.of());
        DataSet alone = DataLoader.load(random(1000, y), DataFolders.of());
        assertThat(((Integers) alone.field("y")).values()).isEqualTo(((Integers) data.field("y")).values());
        for (float value : ((Numbers) data.field("x")).values()) {
            assertThat(value).isBetween(-1f, 3f);
        }
        for (float value : ((Numbers) data.field("n")).values()) {
            assertThat(value).isBetween(4f, 6f);
        }
        int[] counts = new int[4];
        for (int label : ((Integers) data.field("y")).values()) {
            counts[label]++;
        }
        assertThat(Arrays.stream(counts).min().orElseThrow()).isGreaterThan(200);
    }

    private DataSet load(String text, Conversion conversion) throws IOException {
        Files.writeString(folder.resolve("d.csv"), text);
        var x = new Field("x", 2, new Content.Columns(0, 1, conversion));
        var y = new Field("y", 1, new Content.Labels(2, 2, 3));
        var description =
                new DataDescription("D", new DataSource.File("d.csv"), List.of(x, y), 1, 0, 0, OptionalLong.empty());
        return DataLoader.load(description, DataFolders.of(folder));
    }

    @Test
    void anotherArtifactMayHaveAFormat() throws IOException {
        Files.writeString(folder.resolve("d.LINES"), "2\n-4\n0\n");
        var source = new DataSource.File("d.LINES");
        var halves = new Field("x", 1, new Content.Columns(0, 0, (from, to, rows) -> to[0] = from[0] / 2));
        var data = DataLoader.load(
                new DataDescription("D", source, List.of(halves), 1, 0, 0, OptionalLong.empty()),
                DataFolders.of(folder));
        assertThat(((Numbers) data.field("x")).values()).containsExactly(1, -2, 0);
        var inverse = new Field("x", 1, new Content.Columns(0, 0, (from, to, rows) -> to[0] = 1 / from[0]));
        assertThatThrownBy(() -> DataLoader.load(
                        new DataDescription("D", source, List.of(inverse), 1, 0, 0, OptionalLong.empty()),
                        DataFolders.of(folder)))
                .hasMessageEndingWith("d.LINES:3: the field x becomes Infinity of 0.0, which is not finite");
    }

    /** Pages begin at any row: values are those of their places. */
    @Test
    void randomValuesDependOnTheirPlaceAlone() {
        var wide = new Field("x", 301, new Content.RandomNormal(0, 1));
        var narrow = new Field("x", 7, new Content.RandomNormal(0, 1));
        float[] values =
                ((Numbers) DataLoader.load(random(700, wide), DataFolders.of()).field("x")).values();
        float[] others = ((Numbers)
                        DataLoader.load(random(30100, narrow), DataFolders.of()).field("x"))
                .values();
        assertThat(values).isEqualTo(others);
        assertThat(values[300 * 301 + 5]).isEqualTo(Philox.normal(1, Stream.draw("x"), Stream.DATA, 300 * 301 + 5));
    }

    private static DataDescription random(int examples, Field... fields) {
        return new DataDescription(
                "R", new DataSource.RandomExamples(examples), List.of(fields), 1, 0, 0, OptionalLong.of(1));
    }

    private static float[] numbers(DataSet data) {
        return Arrays.copyOf(((Numbers) data.field("x")).values(), 2 * data.examples());
    }

    private static int[] labels(DataSet data) {
        return Arrays.copyOf(((Integers) data.field("y")).values(), data.examples());
    }
}
