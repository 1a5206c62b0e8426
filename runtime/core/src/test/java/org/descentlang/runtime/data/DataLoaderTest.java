package org.descentlang.runtime.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import org.descentlang.runtime.UserException;
import org.descentlang.runtime.data.DataDescription.Content;
import org.descentlang.runtime.data.DataDescription.Conversion;
import org.descentlang.runtime.data.DataDescription.DataSource;
import org.descentlang.runtime.data.DataDescription.Field;
import org.descentlang.runtime.data.DataSet.Labels;
import org.descentlang.runtime.data.DataSet.Numbers;
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
                .hasMessage("Field x has 1,000,000 examples of 4,000 values: more than the 2,147,483,639 of an array");
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
        var y = new Field("y", 1, new Content.RandomLabel(4));
        DataSet data = DataLoader.load(random(1000, x, n, y), DataFolders.of());
        DataSet alone = DataLoader.load(random(1000, y), DataFolders.of());
        assertThat(((Labels) alone.field("y")).values()).isEqualTo(((Labels) data.field("y")).values());
        for (float value : ((Numbers) data.field("x")).values()) {
            assertThat(value).isBetween(-1f, 3f);
        }
        for (float value : ((Numbers) data.field("n")).values()) {
            assertThat(value).isBetween(4f, 6f);
        }
        int[] counts = new int[4];
        for (int label : ((Labels) data.field("y")).values()) {
            counts[label]++;
        }
        assertThat(Arrays.stream(counts).min().orElseThrow()).isGreaterThan(200);
    }

    private DataSet load(String text, Conversion conversion) throws IOException {
        Files.writeString(folder.resolve("d.csv"), text);
        var x = new Field("x", 2, new Content.Columns(0, 1, conversion));
        var y = new Field("y", 1, new Content.Label(2, 3));
        var description =
                new DataDescription("D", new DataSource.Csv("d.csv"), List.of(x, y), 1, 0, 0, OptionalLong.empty());
        return DataLoader.load(description, DataFolders.of(folder));
    }

    private static DataDescription random(int examples, Field... fields) {
        return new DataDescription(
                "R", new DataSource.RandomExamples(examples), List.of(fields), 1, 0, 0, OptionalLong.of(1));
    }

    private static float[] numbers(DataSet data) {
        return Arrays.copyOf(((Numbers) data.field("x")).values(), 2 * data.examples());
    }

    private static int[] labels(DataSet data) {
        return Arrays.copyOf(((Labels) data.field("y")).values(), data.examples());
    }
}
