package org.descentlang.runtime.model;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.descentlang.description.ModelLayout;
import org.descentlang.description.ParameterDescription;
import org.descentlang.description.RunningDescription;
import org.descentlang.runtime.UserException;
import org.descentlang.runtime.UserText;
import org.descentlang.runtime.file.CheckedInput;
import org.descentlang.runtime.model.ModelHeader.Tensor;
import org.jspecify.annotations.Nullable;

/** Reads a model file that nobody vouches for; its format is that of {@link ModelFile}. */
final class ModelReader {
    private static final int MOST_HEADER_BYTES = 16 << 20;

    private final String name;
    private final CheckedInput input;

    /** @param name of the file, for messages */
    ModelReader(String name, FileChannel file) {
        this.name = name;
        input = new CheckedInput(name, file);
    }

    void read(ModelLayout layout, float[] parameters, float[] running) throws IOException {
        ModelHeader header = header();
        checkLength(header);
        checkTensors(header, layout);
        Map<String, float[]> values = new HashMap<>();
        for (Tensor tensor : header.tensors()) {
            values.put(key(tensor.isRunning(), tensor.path()), input.floats(tensor.count()));
        }
        input.requireChecksum();
        for (ParameterDescription target : layout.parameters()) {
            copy(values, key(false, target.path()), parameters, target.offset());
        }
        for (RunningDescription target : layout.running()) {
            copy(values, key(true, target.path()), running, target.offset());
        }
    }

    private ModelHeader header() throws IOException {
        if (input.size() < ModelFile.PREFIX) {
            throw input.damaged("it is too short for a model file");
        }
        ByteBuffer prefix = input.next(ModelFile.PREFIX);
        byte[] magic = new byte[ModelFile.MAGIC.length];
        prefix.get(magic);
        if (!Arrays.equals(magic, ModelFile.MAGIC)) {
            throw input.damaged("it is not a Descent model file");
        }
        int version = prefix.getInt();
        if (version != ModelFile.VERSION) {
            throw input.damaged(
                    "its format is version " + version + ", but this Descent reads version " + ModelFile.VERSION);
        }
        int length = prefix.getInt();
        if (length < 0 || length > MOST_HEADER_BYTES || length > input.size() - ModelFile.PREFIX) {
            throw input.damaged("its header claims " + Integer.toUnsignedString(length) + " bytes");
        }
        byte[] text = new byte[length];
        input.next(length).get(text);
        return ModelHeader.parse(name, text);
    }

    private void checkLength(ModelHeader header) throws IOException {
        long bytes = 0;
        for (Tensor tensor : header.tensors()) {
            bytes += (long) tensor.count() * Float.BYTES;
        }
        input.requireRest(bytes);
    }

    private void checkTensors(ModelHeader header, ModelLayout layout) {
        Map<String, Tensor> found = new HashMap<>();
        for (Tensor tensor : header.tensors()) {
            if (found.put(key(tensor.isRunning(), tensor.path()), tensor) != null) {
                throw input.damaged("it has " + UserText.name(tensor.path()) + " twice");
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
                    UserText.name(found.values().iterator().next().path()) + " is only in the file");
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

    private static void copy(Map<String, float[]> values, String key, float[] target, int offset) {
        float[] tensor = values.getOrDefault(key, new float[0]);
        System.arraycopy(tensor, 0, target, offset, tensor.length);
    }

    /** A parameter and running state may share a path. */
    private static String key(boolean running, String path) {
        return (running ? "running " : "") + path;
    }

    private UserException mismatch(ModelHeader header, ModelLayout layout, String message) {
        return UserException.in(
                name,
                "holds model %s, which differs from the %s here: %s"
                        .formatted(UserText.name(header.model()), layout.model(), message));
    }
}
