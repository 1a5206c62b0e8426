package org.descentlang.compiler.emit.text;

import com.palantir.javapoet.ClassName;

/** The runtime's types by name: the compiler does not depend on it. A test resolves each. */
public final class RuntimeNames {
    public static final ClassName CONVERSION = description("DataDescription", "Conversion");
    public static final ClassName DATA_FOLDERS = data("DataFolders");

    public static final ClassName ARRAY_SIZE = kernel("ArraySize");
    public static final ClassName DOUBLE_MATH = kernel("DoubleMath");
    public static final ClassName DIVIDED_KERNEL = kernel("DividedKernel");
    public static final ClassName FLOAT_MATH = kernel("FloatMath");
    public static final ClassName FOLDED_KERNEL = kernel("FoldedKernel");
    public static final ClassName HOST_PROGRAM = kernel("HostProgram");
    public static final ClassName INT_MATH = kernel("IntMath");
    public static final ClassName KERNEL_TURNS = kernel("KernelTurns");
    public static final ClassName KERNELS = kernel("Kernels");
    public static final ClassName LANES = kernel("Lanes");
    public static final ClassName MATRIX_PRODUCT = kernel("MatrixProduct");
    public static final ClassName MATRIX_PRODUCTS = kernel("MatrixProducts");
    public static final ClassName PHILOX = ClassName.get("org.descentlang.runtime.random", "Philox");
    public static final ClassName TABLE_ROWS = kernel("TableRows");
    public static final ClassName TILING = kernel("Tiling");
    public static final ClassName CONVOLUTION = window("Convolution");
    public static final ClassName PICKED_POSITIONS = window("PickedPositions");
    public static final ClassName WINDOW_MAXIMUM = window("WindowMaximum");
    public static final ClassName WINDOWS = window("Windows");
    public static final ClassName VECTOR_MATH = ClassName.get("org.descentlang.runtime.kernel.vector", "VectorMath");

    public static final ClassName INDICES = model("Indices");
    public static final ClassName MODEL_FILE = model("ModelFile");
    public static final ClassName NUMBERS = model("Numbers");
    public static final ClassName PREDICTION = model("Prediction");
    public static final ClassName PREDICTION_POOL = model("PredictionPool");

    public static final ClassName TEAM = ClassName.get("org.descentlang.runtime.thread", "Team");

    public static final ClassName DURATION = description("Duration");
    public static final ClassName DURATION_UNIT = DURATION.nestedClass("Unit");
    public static final ClassName EPOCH_REPORT = training("EpochReport");
    public static final ClassName EVALUATION = training("Evaluation");
    public static final ClassName HOST_STEP = training("HostStep");
    public static final ClassName METRIC_FORMULA = training("MetricFormula");
    public static final ClassName PROGRAM_ROLE = description("ProgramRole");
    public static final ClassName SCHEDULE_DESCRIPTION = description("ScheduleDescription");
    public static final ClassName STEP_ARRAY = training("StepArray");
    public static final ClassName STEP_SCALARS = training("StepScalars");
    public static final ClassName TRAINER = training("Trainer");
    public static final ClassName TRAINING_DESCRIPTION = description("TrainingDescription");
    public static final ClassName TRAINING_FAILED_EXCEPTION = training("TrainingFailedException");
    public static final ClassName TRAINING_LISTENER = training("TrainingListener");
    public static final ClassName TRAINING_MAIN = training("TrainingMain");
    public static final ClassName TRAINING_PROGRAM = training("TrainingProgram");
    public static final ClassName TRAINING_RESULT = training("TrainingResult");
    public static final ClassName TRAINING_STEP = training("TrainingStep");

    private RuntimeNames() {}

    private static ClassName window(String name) {
        return ClassName.get("org.descentlang.runtime.kernel.window", name);
    }

    private static ClassName data(String name) {
        return ClassName.get("org.descentlang.runtime.data", name);
    }

    private static ClassName description(String name, String... nested) {
        return ClassName.get("org.descentlang.description", name, nested);
    }

    private static ClassName kernel(String name) {
        return ClassName.get("org.descentlang.runtime.kernel", name);
    }

    private static ClassName model(String name) {
        return ClassName.get("org.descentlang.runtime.model", name);
    }

    private static ClassName training(String name) {
        return ClassName.get("org.descentlang.runtime.training", name);
    }
}
