package org.descentlang.runtime.training;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32;
import org.descentlang.description.TrainingDescription;
import org.descentlang.runtime.UserException;
import org.descentlang.runtime.file.OutputFile;
import org.descentlang.runtime.training.RunState.Value;

/**
 * The state of a run in a file. All numbers are little-endian:
 *
 * <pre>
 * 8 bytes   "DESCRUN" and a line feed
 * int       format version, 1
 * int       length of the header in bytes
 * header    UTF-8, a line a value: what it is, how many there are of it, its name
 * …         the values in the header's order: long, double, float, byte
 * int       CRC-32 of everything before
 * </pre>
 *
 * A file may come from anywhere: no size in it is believed before it agrees with the length of the file, and with the
 * training.
 */
final class RunStateFile {
    static final byte[] MAGIC = {'D', 'E', 'S', 'C', 'R', 'U', 'N', '\n'};
    static final int VERSION = 1;
    static final int PREFIX = MAGIC.length + 2 * Integer.BYTES;
    private static final int CHUNK = 1 << 16;

    private RunStateFile() {}

    static void save(Path path, RunState state) {
        OutputFile.of(path, "the state of the run").write(file -> write(file, state));
    }

    static RunState load(Path path, TrainingDescription description) {
        try (FileChannel file = FileChannel.open(path, StandardOpenOption.READ)) {
            return new RunStateReader(path.toString(), file, description).read();
        } catch (IOException e) {
            throw UserException.in(path.toString(), "the state of a run cannot be read: " + e);
        }
    }

    private static void write(FileChannel file, RunState state) throws IOException {
        var header = new StringBuilder();
        state.values().forEach((name, value) -> header.append(line(name, value)));
        byte[] text = header.toString().getBytes(StandardCharsets.UTF_8);
        var checksum = new CRC32();
        write(
                file,
                bytes(PREFIX + text.length)
                        .put(MAGIC)
                        .putInt(VERSION)
                        .putInt(text.length)
                        .put(text),
                checksum);
        ByteBuffer chunk = bytes(CHUNK);
        for (Value value : state.values().values()) {
            write(file, value, chunk, checksum);
        }
        write(file, chunk.clear().putInt((int) checksum.getValue()), checksum);
        file.force(true);
    }

    private static String line(String name, Value value) {
        return switch (value) {
            case Value.Longs(long[] values) -> Kind.LONG.line(values.length, name);
            case Value.Doubles(double[] values) -> Kind.DOUBLE.line(values.length, name);
            case Value.Floats(float[] values) -> Kind.FLOAT.line(values.length, name);
            case Value.Text(byte[] values) -> Kind.TEXT.line(values.length, name);
        };
    }

    /** What a value is made of, as the header has it. */
    enum Kind {
        LONG("long", Long.BYTES),
        DOUBLE("double", Double.BYTES),
        FLOAT("float", Float.BYTES),
        TEXT("text", 1);

        private final String text;
        private final int bytes;

        Kind(String text, int bytes) {
            this.text = text;
            this.bytes = bytes;
        }

        String text() {
            return text;
        }

        int bytes() {
            return bytes;
        }

        private String line(int count, String name) {
            return text + " " + count + " " + name + "\n";
        }
    }

    private static void write(FileChannel file, Value value, ByteBuffer chunk, CRC32 checksum) throws IOException {
        switch (value) {
            case Value.Longs(long[] values) -> {
                for (long number : values) {
                    write(file, chunk.clear().putLong(number), checksum);
                }
            }
            case Value.Doubles(double[] values) -> {
                for (double number : values) {
                    write(file, chunk.clear().putDouble(number), checksum);
                }
            }
            case Value.Floats(float[] values) -> write(file, values, chunk, checksum);
            case Value.Text(byte[] values) -> {
                ByteBuffer text = ByteBuffer.wrap(values);
                write(file, text.position(values.length), checksum);
            }
        }
    }

    private static void write(FileChannel file, float[] values, ByteBuffer chunk, CRC32 checksum) throws IOException {
        int most = CHUNK / Float.BYTES;
        for (int done = 0; done < values.length; done += most) {
            int part = Math.min(most, values.length - done);
            chunk.clear().asFloatBuffer().put(values, done, part);
            write(file, chunk.position(part * Float.BYTES), checksum);
        }
    }

    private static ByteBuffer bytes(int count) {
        return ByteBuffer.allocate(count).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** @param bytes written up to their position */
    private static void write(FileChannel file, ByteBuffer bytes, CRC32 checksum) throws IOException {
        bytes.flip();
        checksum.update(bytes.duplicate());
        while (bytes.hasRemaining()) {
            file.write(bytes);
        }
    }
}
