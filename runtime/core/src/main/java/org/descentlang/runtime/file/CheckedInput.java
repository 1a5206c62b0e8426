package org.descentlang.runtime.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.util.zip.CRC32;
import org.descentlang.runtime.UserException;

/** The bytes of a file that nobody vouches for, in little-endian order, with a CRC-32 of all before it at its end. */
public final class CheckedInput {
    private static final int CHUNK = 1 << 16;

    private final String name;
    private final FileChannel file;
    private final CRC32 checksum = new CRC32();

    /** @param name of the file, for messages */
    public CheckedInput(String name, FileChannel file) {
        this.name = name;
        this.file = file;
    }

    /** In bytes. */
    public long size() throws IOException {
        return file.size();
    }

    /** The bytes that follow. */
    public ByteBuffer next(int count) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(count).order(ByteOrder.LITTLE_ENDIAN);
        while (bytes.hasRemaining()) {
            if (file.read(bytes) < 0) {
                throw damaged("it ends early");
            }
        }
        checksum.update(bytes.flip().duplicate());
        return bytes;
    }

    /** The numbers that follow. */
    public float[] floats(int count) throws IOException {
        float[] values = new float[count];
        int most = CHUNK / Float.BYTES;
        for (int done = 0; done < count; done += most) {
            int part = Math.min(most, count - done);
            next(part * Float.BYTES).asFloatBuffer().get(values, done, part);
        }
        return values;
    }

    /** @param bytes that the header asks for after itself; the checksum follows them */
    public void requireRest(long bytes) throws IOException {
        long expected = file.position() + bytes + Integer.BYTES;
        if (file.size() != expected) {
            throw damaged("its header requires %,d bytes, but it has %,d".formatted(expected, file.size()));
        }
    }

    /** Reads the checksum, which is the last. */
    public void requireChecksum() throws IOException {
        int expected = (int) checksum.getValue();
        if (next(Integer.BYTES).getInt() != expected) {
            throw damaged("its checksum is wrong: it was changed or truncated after it was written");
        }
    }

    public UserException damaged(String message) {
        return UserException.in(name, message);
    }
}
