package org.descentlang.runtime.model;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.descentlang.description.ModelLayout;
import org.descentlang.description.ParameterDescription;
import org.descentlang.description.RunningDescription;
import org.descentlang.runtime.UserException;
import org.descentlang.runtime.file.FileFailure;
import org.descentlang.runtime.file.OutputFile;

/**
 * Parameters and running state in a file. All numbers are little-endian:
 *
 * <pre>
 * 8 bytes   "DESCENT" and a line feed
 * int       format version, 1
 * int       length of the header in bytes
 * header    UTF-8, see {@link ModelHeader}
 * float …   the tensors' values, row-major, in the header's order
 * int       CRC-32 of everything before
 * </pre>
 *
 * A file may come from anywhere: no size in it is trusted before it agrees with the length of the file.
 */
public final class ModelFile {
    static final byte[] MAGIC = {'D', 'E', 'S', 'C', 'E', 'N', 'T', '\n'};
    static final int VERSION = 1;
    static final int PREFIX = MAGIC.length + 2 * Integer.BYTES;
    private static final int CHUNK = 1 << 16;

    private ModelFile() {}

    /** Writes a temporary file first, so that there is always either the old file or the complete new one. */
    public static void save(Path path, ModelLayout layout, float[] parameters, float[] running) {
        output(path).write(file -> write(file, layout, parameters, running));
    }

    /**
     * To be called before a training that will write its model there.
     *
     * @throws UserException if a file for this model cannot be written, or another kind of file would be lost
     */
    public static void requireWritable(Path path, ModelLayout layout) {
        if (isOfAnotherKind(path)) {
            throw UserException.in(
                    path.toString(), "the model cannot be written: this file is not a model and would be lost");
        }
        long values = Stream.concat(
                        layout.parameters().stream().map(ParameterDescription::count),
                        layout.running().stream().map(RunningDescription::count))
                .mapToLong(Integer::longValue)
                .sum();
        int header = ModelHeader.of(layout).text().length;
        output(path).requireWritable(PREFIX + header + values * Float.BYTES + Integer.BYTES);
    }

    /** A source or a data file, mistyped as the model's: what cannot be read is not ours to judge here. */
    private static boolean isOfAnotherKind(Path path) {
        if (!Files.isRegularFile(path)) {
            return false;
        }
        try (InputStream file = Files.newInputStream(path)) {
            byte[] begin = file.readNBytes(MAGIC.length);
            return begin.length > 0 && !Arrays.equals(begin, MAGIC);
        } catch (IOException e) {
            throw UserException.in(path.toString(), "cannot be read: " + FileFailure.reason(e));
        }
    }

    private static OutputFile output(Path path) {
        return OutputFile.of(path, "the model");
    }

    /**
     * Fills the arrays of {@code layout}; they are untouched if anything is wrong.
     *
     * @throws UserException if there is no such file, it is damaged, or it does not have the tensors of the layout
     */
    public static void load(Path path, ModelLayout layout, float[] parameters, float[] running) {
        try (FileChannel file = FileChannel.open(path, StandardOpenOption.READ)) {
            new ModelReader(path.toString(), file).read(layout, parameters, running);
        } catch (IOException e) {
            throw UserException.in(path.toString(), "the model cannot be read: " + FileFailure.reason(e));
        }
    }

    private static void write(FileChannel file, ModelLayout layout, float[] parameters, float[] running)
            throws IOException {
        byte[] header = ModelHeader.of(layout).text();
        ByteBuffer prefix = ByteBuffer.allocate(PREFIX + header.length).order(ByteOrder.LITTLE_ENDIAN);
        prefix.put(MAGIC).putInt(VERSION).putInt(header.length).put(header).flip();
        CRC32 checksum = new CRC32();
        write(file, prefix, checksum);
        ByteBuffer chunk = ByteBuffer.allocate(CHUNK).order(ByteOrder.LITTLE_ENDIAN);
        for (ParameterDescription tensor : layout.parameters()) {
            write(file, parameters, tensor.offset(), tensor.count(), chunk, checksum);
        }
        for (RunningDescription tensor : layout.running()) {
            write(file, running, tensor.offset(), tensor.count(), chunk, checksum);
        }
        chunk.clear().putInt((int) checksum.getValue()).flip();
        write(file, chunk, checksum);
        file.force(true);
    }

    private static void write(FileChannel file, float[] values, int from, int count, ByteBuffer chunk, CRC32 checksum)
            throws IOException {
        int most = CHUNK / Float.BYTES;
        for (int done = 0; done < count; done += most) {
            int part = Math.min(most, count - done);
            chunk.clear().limit(part * Float.BYTES);
            chunk.asFloatBuffer().put(values, from + done, part);
            write(file, chunk, checksum);
        }
    }

    private static void write(FileChannel file, ByteBuffer bytes, CRC32 checksum) throws IOException {
        checksum.update(bytes.duplicate());
        while (bytes.hasRemaining()) {
            file.write(bytes);
        }
    }
}
