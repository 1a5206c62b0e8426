package org.descentlang.runtime.data;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;

/** What an element of an IDX file is, by the third byte of the file. */
enum IdxType {
    UNSIGNED_BYTE(0x08, Byte.BYTES),
    BYTE(0x09, Byte.BYTES),
    SHORT(0x0B, Short.BYTES),
    INT(0x0C, Integer.BYTES),
    FLOAT(0x0D, Float.BYTES),
    DOUBLE(0x0E, Double.BYTES);

    final int bytes;
    private final int code;

    IdxType(int code, int bytes) {
        this.code = code;
        this.bytes = bytes;
    }

    static Optional<IdxType> of(int code) {
        return Arrays.stream(values()).filter(type -> type.code == code).findFirst();
    }

    /** The element at a place, counted in elements; every one is exact in a double. */
    double value(ByteBuffer from, int index) {
        int place = index * bytes;
        return switch (this) {
            case UNSIGNED_BYTE -> Byte.toUnsignedInt(from.get(place));
            case BYTE -> from.get(place);
            case SHORT -> from.getShort(place);
            case INT -> from.getInt(place);
            case FLOAT -> from.getFloat(place);
            case DOUBLE -> from.getDouble(place);
        };
    }
}
