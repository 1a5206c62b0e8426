package org.descentlang.runtime.model;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import org.descentlang.runtime.UserException;
import org.descentlang.runtime.UserText;
import org.descentlang.runtime.model.ModelHeader.Tensor;
import org.jspecify.annotations.Nullable;

/** Reads a model file that nobody vouches for; its format is that of {@link ModelFile}. */
final class ModelReader {
    private static final int MOST_HEADER_BYTES = 16 << 20;
    private static final int CHUNK = 1 << 16;

    private final String name;
    private final FileChannel file;
    private final CRC32 checksum = new CRC32();

    /** @param name of the file, for messages */
    ModelReader(String name, FileChannel file) {
        this.name = name;
        this.file = file;
    }

    void read(ModelLayout layout, float[] parameters, float[] running) throws IOException {
        ModelHeader header = header();
        checkLength(header);
        checkTensors(header, layout);
        Map<String, float[]> values = new HashMap<>();
        for (Tensor tensor : header.tensors()) {
            values.put(key(tensor.isRunning(), tensor.path()), floats(tensor.count()));
        }
        checkChecksum();
        for (ParameterDescription target : layout.parameters()) {
            copy(values, key(false, target.path()), parameters, target.offset());
        }
        for (RunningDescription target : layout.running()) {
            copy(values, key(true, target.path()), running, target.offset());
        }
    }

    private ModelHeader header() throws IOException {
        if (file.size() < ModelFile.PREFIX) {
            throw damaged("it is too short for a model file");
        }
        ByteBuffer prefix = next(ModelFile.PREFIX);
        byte[] magic = new byte[ModelFile.MAGIC.length];
        prefix.get(magic);
        if (!Arrays.equals(magic, ModelFile.MAGIC)) {
            throw damaged("it is no Descent model file");
        }
        int version = prefix.getInt();
        if (version != ModelFile.VERSION) {
            throw damaged("its format is version " + version + ", and this Descent reads version " + ModelFile.VERSION);
        }
        int length = prefix.getInt();
        if (length < 0 || length > MOST_HEADER_BYTES || length > file.size() - ModelFile.PREFIX) {
            throw damaged("its header claims " + Integer.toUnsignedString(length) + " bytes");
        }
        byte[] text = new byte[length];
        next(length).get(text);
        return ModelHeader.parse(name, text);
    }

    private void checkLength(ModelHeader header) throws IOException {
        long expected = file.position() + Integer.BYTES;
        for (Tensor tensor : header.tensors()) {
            expected += (long) tensor.count() * Float.BYTES;
        }
        if (file.size() != expected) {
            throw damaged("its header asks for %,d bytes and it has %,d".formatted(expected, file.size()));
        }
    }

    private void checkTensors(ModelHeader header, ModelLayout layout) {
        Map<String, Tensor> found = new HashMap<>();
        for (Tensor tensor : header.tensors()) {
            if (found.put(key(tensor.isRunning(), tensor.path()), tensor) != null) {
                throw damaged("it has " + UserText.name(tensor.path()) + " twice");
            }
        }
        for (ParameterDescription target : layout.parameters()) {
            checkTensor(found.remove(key(false, target.path())), header, layout, target.path(), target.shape());
        }
        for (RunningDescription target : layout.running()) {
            checkTensor(found.remove(key(true, target.path())), header, layout, target.path(), target.shape());
        }
        if (!found.isEmpty()) {
            throw mismatch(
                    header,
                    layout,
                    UserText.name(found.values().iterator().next().path()) + " is in the file only");
        }
    }

    private void checkTensor(
            @Nullable Tensor tensor, ModelHeader header, ModelLayout layout, String path, List<Integer> shape) {
        if (tensor == null) {
            throw mismatch(header, layout, path + " is not in the file");
        }
        if (!tensor.shape().equals(shape)) {
            throw mismatch(
                    header, layout, "%s has shape %s in the file, not %s".formatted(path, tensor.shape(), shape));
        }
    }

    private void checkChecksum() throws IOException {
        int expected = (int) checksum.getValue();
        if (next(Integer.BYTES).getInt() != expected) {
            throw damaged("its checksum is wrong: it was changed or cut after it was written");
        }
    }

    private float[] floats(int count) throws IOException {
        float[] values = new float[count];
        int most = CHUNK / Float.BYTES;
        for (int done = 0; done < count; done += most) {
            int part = Math.min(most, count - done);
            next(part * Float.BYTES).asFloatBuffer().get(values, done, part);
        }
        return values;
    }

    private ByteBuffer next(int count) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(count).order(ByteOrder.LITTLE_ENDIAN);
        while (bytes.hasRemaining()) {
            if (file.read(bytes) < 0) {
                throw damaged("it ends early");
            }
        }
        checksum.update(bytes.flip().duplicate());
        return bytes;
    }

    private static void copy(Map<String, float[]> values, String key, float[] target, int offset) {
        float[] tensor = values.getOrDefault(key, new float[0]);
        System.arraycopy(tensor, 0, target, offset, tensor.length);
    }

    /** A parameter and running state may share a path. */
    private static String key(boolean running, String path) {
        return (running ? "running " : "") + path;
    }

    private UserException damaged(String message) {
        return UserException.in(name, message);
    }

    private UserException mismatch(ModelHeader header, ModelLayout layout, String message) {
        return UserException.in(
                name,
                "holds model %s, which is not the %s here: %s"
                        .formatted(UserText.name(header.model()), layout.model(), message));
    }
}
