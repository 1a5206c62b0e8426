package org.descentlang.runtime.training;

import java.util.Locale;
import org.descentlang.runtime.data.Split;

/** The parts of the data. */
enum SplitName {
    TRAIN,
    VALIDATION,
    TEST;

    static SplitName of(String text) {
        return valueOf(text.toUpperCase(Locale.ROOT));
    }

    int[] examples(Split split) {
        return switch (this) {
            case TRAIN -> split.train();
            case VALIDATION -> split.validation();
            case TEST -> split.test();
        };
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
