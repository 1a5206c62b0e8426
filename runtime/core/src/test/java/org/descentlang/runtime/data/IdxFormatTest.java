package org.descentlang.runtime.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.descentlang.description.DataDescription;
import org.descentlang.description.DataDescription.Content;
import org.descentlang.description.DataDescription.Conversion;
import org.descentlang.description.DataDescription.Field;
import org.descentlang.description.DataSource;
import org.descentlang.runtime.UserException;
import org.descentlang.runtime.data.DataSet.Integers;
import org.descentlang.runtime.data.DataSet.Numbers;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files are written by hand here: the bytes that the format's description gives. */
class IdxFormatTest {
    private static final Conversion COPY =
            (columns, field, rows) -> System.arraycopy(columns, 0, field, 0, Math.min(columns.length, field.length));

    @TempDir
    Path temporary;

    private Path folder = Path.of("");

    @BeforeEach
    void resolve() throws IOException {
        folder = temporary.toRealPath();
    }

    @ParameterizedTest
    @CsvSource({"x-images-idx3-ubyte, x-labels-idx1-ubyte", "x.idx, y.idx", "x-ubyte.gz, y.IDX.gz"})
    void readsImagesAndLabels(String images, String labels) throws IOException {
        write(images, idx(0x08, bytes(0, 1, 127, 128, 255, 7, 8, 9, 10, 11, 12, 13), 2, 3, 2));
        write(labels, idx(0x08, bytes(9, 0), 2));
        DataSet data = load(images, labels, 3, 2, 1);
        assertThat(data.examples()).isEqualTo(2);
        assertThat(data.files()).containsExactly(2);
        assertThat(numbers(data)).containsExactly(0, 1, 127, 128, 255, 7, 8, 9, 10, 11, 12, 13);
        assertThat(labels(data)).containsExactly(9, 0);
    }

    @Test
    void readsColouredImages() throws IOException {
        write("x.idx", idx(0x08, bytes(1, 2, 3, 4, 5, 6), 1, 1, 2, 3));
        write("y.idx", idx(0x08, bytes(3), 1));
        assertThat(numbers(load("x.idx", "y.idx", 1, 2, 3))).containsExactly(1, 2, 3, 4, 5, 6);
    }

    /** Each type's extremes, by its own bytes. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "8 | 00 ff | 0, 255",
                "9 | 80 7f | -128, 127",
                "11 | 8000 7fff | -32768, 32767",
                "12 | 80000000 7fffff80 | -2147483648, 2147483520",
                "13 | 3fc00000 80000000 | 1.5, -0.0",
                "14 | 3ff8000000000000 c059000000000000 | 1.5, -100"
            })
    void readsEveryType(int type, String hex, String values) throws IOException {
        write("x.idx", idx(type, hex(hex), 1, 1, 2));
        write("y.idx", idx(0x0C, hex("00000002"), 1));
        float[] expected = floats(values);
        assertThat(numbers(load("x.idx", "y.idx", 1, 2, 1))).containsExactly(expected);
    }

    @Test
    void readsMoreThanAPageAndAChunk() throws IOException {
        int examples = 300;
        int size = 27;
        byte[] pixels = new byte[examples * size * size];
        new Random(1).nextBytes(pixels);
        byte[] classes = new byte[examples];
        for (int i = 0; i < examples; i++) {
            classes[i] = (byte) (i % 10);
        }
        write("x-ubyte.gz", idx(0x08, pixels, examples, size, size));
        write("y-ubyte.gz", idx(0x08, classes, examples));
        DataSet data = load("x-ubyte.gz", "y-ubyte.gz", size, size, 1);
        float[] read = numbers(data);
        for (int i = 0; i < pixels.length; i++) {
            assertThat(read[i]).isEqualTo(pixels[i] & 0xFF);
        }
        assertThat(labels(data)[299]).isEqualTo(9);
    }

    @Test
    void splitsMayHaveFilesOfTheirOwn() throws IOException {
        write("x.idx", idx(0x08, bytes(1, 2, 3), 3, 1, 1));
        write("y.idx", idx(0x08, bytes(1, 2, 3), 3));
        write("tx.idx", idx(0x08, bytes(4, 5), 2, 1, 1));
        write("ty.idx", idx(0x08, bytes(4, 5), 2));
        var source =
                new DataSource.File(paths("x.idx", "y.idx"), Optional.empty(), Optional.of(paths("tx.idx", "ty.idx")));
        DataSet data = load(source, fields(1, 1, 1));
        assertThat(data.files()).containsExactly(3, 2);
        assertThat(numbers(data)).containsExactly(1, 2, 3, 4, 5);
        assertThat(labels(data)).containsExactly(1, 2, 3, 4, 5);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | : is incomplete: it ends early",
                "000008 | : is incomplete: it ends early",
                "00000803 00000002 | : is incomplete: it ends early",
                "50350a33 | : is not an IDX file: its first bytes are 50 35 0a 33",
                "00000a03 | : is not an IDX file: its first bytes are 00 00 0a 03",
                "00000800 | : is not an IDX file: its first bytes are 00 00 08 00",
                "1f8b0800 | : is compressed by gzip, so its name must end in .gz",
                "00000803 00000000 00000002 00000001 | : has no examples: its header says 0 x 2 x 1",
                "00000803 00000001 00000002 00000001 05 | : is damaged or incomplete: by its header it has 18 bytes, but"
                        + " the file has 17",
                "00000803 00000001 00000002 00000001 050607 | : is damaged or incomplete: by its header it has 18 bytes,"
                        + " but the file has 19",
                "00000803 ffffffff 00000002 00000001 0506 | : is damaged or incomplete: by its header it has"
                        + " 8,589,934,606 bytes, but the file has 18",
                "00000803 ffffffff ffffffff ffffffff 0506 | : is damaged: no file is as large as its header says,"
                        + " 4294967295 x 4294967295 x 4294967295",
                "00000803 00000001 00000003 00000001 050607 | : has images of 3 x 1 x 1 (height, width, channels), but"
                        + " the field x is made of images of 2 x 1 x 1",
                "00000804 00000001 00000002 00000001 00000003 050607080900 | : has images of 2 x 1 x 3 (height, width,"
                        + " channels), but the field x is made of images of 2 x 1 x 1",
                "00000802 00000001 00000002 0506 | : has no images: expected sizes of examples x height x width, found"
                        + " 1 x 2",
                "00000d03 00000001 00000002 00000001 3f800000 7fc00000 | : example 0, counted from 0: expected finite"
                        + " numbers, found NaN",
                "00000e03 00000001 00000002 00000001 7fe0000000000000 0000000000000000 | : example 0, counted from 0:"
                        + " expected finite numbers, found 8.98846567431158E307"
            })
    void saysWhatIsWrongWithImages(String hex, String message) throws IOException {
        write("x.idx", hex(hex));
        write("y.idx", idx(0x08, bytes(3), 1));
        assertMessage(() -> load("x.idx", "y.idx", 2, 1, 1), "x.idx" + message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "00000801 00000003 010203 | : has 3 labels, but FOLDER/x.idx has 2 images",
                "00000802 00000002 00000001 0102 | : has no labels: expected one number for each example, found 2 x 1",
                "00000801 00000002 010a | : example 1, counted from 0: expected a class from 0 to 9, found 10",
                "00000901 00000002 ff01 | : example 0, counted from 0: expected a class from 0 to 9, found -1",
                "00000d01 00000002 3f800000 3fc00000 | : example 1, counted from 0: expected a class from 0 to 9, found"
                        + " 1.5",
                "00000d01 00000002 3f800000 7fc00000 | : example 1, counted from 0: expected a class from 0 to 9, found"
                        + " NaN"
            })
    void saysWhatIsWrongWithLabels(String hex, String message) throws IOException {
        write("x.idx", idx(0x08, bytes(1, 2, 3, 4), 2, 2, 1));
        write("y.idx", hex(hex));
        assertMessage(() -> load("x.idx", "y.idx", 2, 1, 1), "y.idx" + message.replace("FOLDER", folder.toString()));
    }

    @Test
    void saysWhatIsWrongWithCompressedFiles() throws IOException {
        byte[] right = gzip(idx(0x08, new byte[2000], 1000, 2, 1));
        write("y.idx", idx(0x08, new byte[1000], 1000));
        Files.write(folder.resolve("x.idx.gz"), Arrays.copyOf(right, right.length - 9));
        assertMessage(() -> load("x.idx.gz", "y.idx", 2, 1, 1), "x.idx.gz: is incomplete: it ends early");
        Files.write(folder.resolve("x.idx.gz"), new byte[0]);
        assertMessage(() -> load("x.idx.gz", "y.idx", 2, 1, 1), "x.idx.gz: is incomplete: it ends early");
        Files.write(folder.resolve("x.idx.gz"), idx(0x08, new byte[2000], 1000, 2, 1));
        assertMessage(
                () -> load("x.idx.gz", "y.idx", 2, 1, 1),
                "x.idx.gz: cannot be decompressed by gzip: Not in GZIP format");
        byte[] changed = right.clone();
        changed[changed.length - 6] ^= 1;
        Files.write(folder.resolve("x.idx.gz"), changed);
        assertMessage(
                () -> load("x.idx.gz", "y.idx", 2, 1, 1),
                "x.idx.gz: cannot be decompressed by gzip: Corrupt GZIP trailer");
        Files.write(folder.resolve("x.idx.gz"), gzip(idx(0x08, new byte[2001], 1000, 2, 1)));
        assertMessage(
                () -> load("x.idx.gz", "y.idx", 2, 1, 1),
                "x.idx.gz: is damaged: it goes on after the 1000 x 2 x 1 of its header");
    }

    /** A few bytes that say that a gigabyte follows. */
    @Test
    void takesNoMemoryForWhatCannotBeThere() throws IOException {
        write("x.idx.gz", idx(0x08, new byte[10], 1 << 20, 32, 32));
        write("y.idx", idx(0x08, new byte[10], 10));
        ThrowingCallable loading = () -> load("x.idx.gz", "y.idx", 32, 32, 1);
        assertThatThrownBy(loading).hasMessageContaining("by its header it has 1,073,741,840 bytes, but the file has");
        var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        assertThatThrownBy(loading).isInstanceOf(UserException.class);
        assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(1_000_000);
    }

    /** Whatever one changed bit does, it is a message or data, and never an exception that is no message. */
    @Test
    void survivesEveryChangedBit() throws IOException {
        byte[] right = idx(0x08, bytes(1, 2, 3, 4), 2, 2, 1);
        write("y.idx", idx(0x08, bytes(1, 2), 2));
        for (boolean compressed : new boolean[] {false, true}) {
            byte[] file = compressed ? gzip(right) : right;
            String name = compressed ? "x.idx.gz" : "x.idx";
            for (int place = 0; place < file.length; place++) {
                for (int bit = 0; bit < Byte.SIZE; bit++) {
                    byte[] changed = file.clone();
                    changed[place] ^= (byte) (1 << bit);
                    Files.write(folder.resolve(name), changed);
                    try {
                        assertThat(load(name, "y.idx", 2, 1, 1).examples()).isEqualTo(2);
                    } catch (UserException e) {
                        assertThat(e).hasMessageContaining(".idx");
                    }
                }
            }
        }
    }

    @Test
    void namesTheFileThatIsMissing() throws IOException {
        write("x.idx", idx(0x08, bytes(1, 2), 1, 2, 1));
        assertThatThrownBy(() -> load("x.idx", "y.idx", 2, 1, 1))
                .hasMessage("y.idx: there is no such data file; looked in " + folder);
    }

    @Test
    void whatBecomesInfiniteIsOfItsExample() throws IOException {
        write("x.idx", idx(0x08, bytes(1, 2, 3, 0), 2, 2, 1));
        var inverse = new Field("x", 2, new Content.Image(2, 1, 1, (from, to, rows) -> {
            for (int i = 0; i < 2 * rows; i++) {
                to[i] = 1 / from[i];
            }
        }));
        assertMessage(
                () -> load(new DataSource.File("x.idx"), List.of(inverse)),
                "x.idx: example 1, counted from 0: the field x becomes Infinity of 0.0, which is not finite");
    }

    private void assertMessage(ThrowingCallable loading, String message) {
        assertThatThrownBy(loading)
                .isInstanceOf(UserException.class)
                .hasMessage(folder.resolve("x").getParent() + "/" + message);
    }

    private DataSet load(String images, String labels, int height, int width, int channels) {
        var source = new DataSource.File(paths(images, labels), Optional.empty(), Optional.empty());
        return load(source, fields(height, width, channels));
    }

    private DataSet load(DataSource source, List<Field> fields) {
        var data = new DataDescription("D", source, fields, 1, 0, 0, OptionalLong.empty());
        return DataLoader.load(data, DataFolders.of(folder));
    }

    private static DataSource.Paths paths(String images, String labels) {
        return new DataSource.Paths(images, Optional.of(labels));
    }

    private static List<Field> fields(int height, int width, int channels) {
        return List.of(
                new Field("x", height * width * channels, new Content.Image(height, width, channels, COPY)),
                new Field("y", 1, new Content.ExampleLabel(10)));
    }

    private static float[] numbers(DataSet data) {
        return ((Numbers) data.field("x")).values();
    }

    private static int[] labels(DataSet data) {
        return ((Integers) data.field("y")).values();
    }

    private void write(String name, byte[] bytes) throws IOException {
        Files.write(folder.resolve(name), name.endsWith(".gz") ? gzip(bytes) : bytes);
    }

    private static byte[] gzip(byte[] bytes) throws IOException {
        var compressed = new ByteArrayOutputStream();
        try (var out = new GZIPOutputStream(compressed)) {
            out.write(bytes);
        }
        return compressed.toByteArray();
    }

    private static byte[] idx(int type, byte[] elements, int... sizes) {
        ByteBuffer file = ByteBuffer.allocate(4 + 4 * sizes.length + elements.length);
        file.put((byte) 0).put((byte) 0).put((byte) type).put((byte) sizes.length);
        for (int size : sizes) {
            file.putInt(size);
        }
        return file.put(elements).array();
    }

    private static byte[] bytes(int... values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return bytes;
    }

    private static byte[] hex(String text) {
        return HexFormat.of().parseHex(text.replace(" ", ""));
    }

    private static float[] floats(String values) {
        String[] texts = values.split(", ");
        float[] floats = new float[texts.length];
        for (int i = 0; i < texts.length; i++) {
            floats[i] = Float.parseFloat(texts[i]);
        }
        return floats;
    }
}
