package org.descentlang.runtime.tornado;

/** How many elements the arrays have that every training and every model keeps on a device. */
sealed interface ArraySizes permits DeviceLayout, DevicePredictionLayout {
    /** Doubles that the host uploads for each program. */
    int numbers();

    /** Doubles that kernels compute. */
    int scalars();

    /** Doubles between the kernels of a reduction. */
    int partials();

    /** Intermediate floats. */
    int work();

    /** Intermediate ints. */
    int integers();

    int floatInputs();

    int intInputs();
}
