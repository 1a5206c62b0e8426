package org.descentlang.runtime.data;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.descentlang.runtime.UserException;
import org.descentlang.runtime.file.FileFailure;

/**
 * A file of the IDX format, in which MNIST was published (Y. LeCun, C. Cortes, C. Burges, "The MNIST database"): two
 * zero bytes, the type of the elements, the number of dimensions, each dimension in four bytes, then the elements in
 * row-major order; everything is big-endian. Nobody vouches for the file: its sizes are compared with what is there
 * before anybody takes memory for them.
 */
final class IdxFile implements AutoCloseable {
    private static final int CHUNK = 1 << 16;
    private static final int GZIP_MAGIC = 0x1F8B;

    /** Deflate's limit, by zlib's documentation ("Maximum Compression Factor"). */
    private static final long LARGEST_RATIO = 1032;

    private final String name;
    private final DataInputStream in;
    private final IdxType type;
    private final long[] sizes;
    private final ByteBuffer chunk;

    private IdxFile(String name, DataInputStream in, IdxType type, long[] sizes) {
        this.name = name;
        this.in = in;
        this.type = type;
        this.sizes = sizes;
        chunk = ByteBuffer.allocate(CHUNK);
    }

    static IdxFile open(Path path) {
        String name = FileNames.shown(path);
        boolean compressed = path.toString().toLowerCase(Locale.ROOT).endsWith(".gz");
        try {
            InputStream file = Files.newInputStream(path);
            try {
                return read(name, compressed ? new GZIPInputStream(file, CHUNK) : file, Files.size(path), compressed);
            } catch (IOException | RuntimeException e) {
                file.close();
                throw e;
            }
        } catch (IOException e) {
            throw unreadable(name, e);
        }
    }

    private static IdxFile read(String name, InputStream stream, long fileSize, boolean compressed) throws IOException {
        var in = new DataInputStream(new BufferedInputStream(stream, CHUNK));
        int magic = in.readUnsignedShort();
        int code = in.readUnsignedByte();
        int rank = in.readUnsignedByte();
        IdxType type = IdxType.of(code).orElse(null);
        if (magic != 0 || type == null || rank == 0) {
            throw UserException.in(
                    name,
                    magic == GZIP_MAGIC && !compressed
                            ? "is compressed by gzip, so its name must end in .gz"
                            : "is not an IDX file: its first bytes are %02x %02x %02x %02x"
                                    .formatted(magic >> 8, magic & 0xFF, code, rank));
        }
        long[] sizes = new long[rank];
        for (int i = 0; i < rank; i++) {
            sizes[i] = Integer.toUnsignedLong(in.readInt());
        }
        requireSize(name, required(name, type, sizes), fileSize, compressed);
        return new IdxFile(name, in, type, sizes);
    }

    /** Bytes of the whole file, by its header. */
    private static long required(String name, IdxType type, long[] sizes) {
        long bytes = type.bytes;
        for (long size : sizes) {
            if (size == 0) {
                throw UserException.in(name, "has no examples: its header says " + text(sizes));
            }
            if (bytes > (Long.MAX_VALUE >> 8) / size) {
                throw UserException.in(name, "is damaged: no file is as large as its header says, " + text(sizes));
            }
            bytes *= size;
        }
        return 4 + 4L * sizes.length + bytes;
    }

    private static void requireSize(String name, long required, long fileSize, boolean compressed) {
        if (compressed ? required / LARGEST_RATIO > fileSize : required != fileSize) {
            throw UserException.in(
                    name,
                    "is damaged or incomplete: by its header it has %,d bytes, but the file has %,d%s"
                            .formatted(required, fileSize, compressed ? ", which cannot hold them compressed" : ""));
        }
    }

    /** For messages. */
    String name() {
        return name;
    }

    /** Of all its dimensions; the first one is the number of examples. */
    long[] sizes() {
        return sizes.clone();
    }

    long examples() {
        return sizes[0];
    }

    /** `28 x 28`. */
    static String text(long[] sizes) {
        return Arrays.stream(sizes).mapToObj(Long::toString).collect(Collectors.joining(" x "));
    }

    /** Takes an element. */
    interface Sink {
        void accept(int index, double value);
    }

    /** The elements that follow. */
    void read(int count, Sink to) {
        int most = CHUNK / type.bytes;
        try {
            for (int done = 0; done < count; done += most) {
                int part = Math.min(most, count - done);
                in.readFully(chunk.array(), 0, part * type.bytes);
                for (int i = 0; i < part; i++) {
                    to.accept(done + i, type.value(chunk, i));
                }
            }
        } catch (IOException e) {
            throw unreadable(name, e);
        }
    }

    /** Called after the last element; also has a checksum of gzip compared. */
    void requireEnd() {
        try {
            if (in.read() >= 0) {
                throw UserException.in(
                        name, "is damaged: it goes on after the %s of its header".formatted(text(sizes)));
            }
        } catch (IOException e) {
            throw unreadable(name, e);
        }
    }

    private static UserException unreadable(String name, IOException failure) {
        return UserException.in(
                name,
                switch (failure) {
                    case EOFException _ -> "is incomplete: it ends early";
                    case ZipException zip -> "cannot be decompressed by gzip: " + zip.getMessage();
                    default -> "cannot be read: " + FileFailure.reason(failure);
                });
    }

    @Override
    public void close() {
        try {
            in.close();
        } catch (IOException e) {
            throw unreadable(name, e);
        }
    }
}
