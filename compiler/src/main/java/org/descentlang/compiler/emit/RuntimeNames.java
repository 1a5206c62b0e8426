package org.descentlang.compiler.emit;

import com.palantir.javapoet.ClassName;

/** The runtime's types by name: the compiler does not depend on it. A test resolves each. */
final class RuntimeNames {
    static final ClassName CONVERSION = data("DataDescription", "Conversion");
    static final ClassName DATA_COLUMNS = data("DataDescription", "Content", "Columns");
    static final ClassName DATA_CSV = data("DataDescription", "DataSource", "Csv");
    static final ClassName DATA_DESCRIPTION = data("DataDescription");
    static final ClassName DATA_FIELD = data("DataDescription", "Field");
    static final ClassName DATA_FOLDERS = data("DataFolders");
    static final ClassName DATA_LABEL = data("DataDescription", "Content", "Label");
    static final ClassName DATA_RANDOM_EXAMPLES = data("DataDescription", "DataSource", "RandomExamples");
    static final ClassName DATA_RANDOM_LABEL = data("DataDescription", "Content", "RandomLabel");
    static final ClassName DATA_RANDOM_NORMAL = data("DataDescription", "Content", "RandomNormal");
    static final ClassName DATA_RANDOM_UNIFORM = data("DataDescription", "Content", "RandomUniform");

    static final ClassName DOUBLE_MATH = kernel("DoubleMath");
    static final ClassName FINITE = kernel("Finite");
    static final ClassName FLOAT_MATH = kernel("FloatMath");
    static final ClassName INT_MATH = kernel("IntMath");
    static final ClassName KERNEL_TURNS = kernel("KernelTurns");
    static final ClassName KERNELS = kernel("Kernels");
    static final ClassName LANES = kernel("Lanes");
    static final ClassName MATRIX_PRODUCTS = kernel("MatrixProducts");
    static final ClassName PHILOX = ClassName.get("org.descentlang.runtime.random", "Philox");
    static final ClassName TABLES = kernel("Tables");
    static final ClassName TILING = kernel("Tiling");
    static final ClassName VECTOR_MATH = ClassName.get("org.descentlang.runtime.kernel.vector", "VectorMath");

    static final ClassName INITIALIZER = model("Initializer");
    static final ClassName PARAMETER_DESCRIPTION = model("ParameterDescription");
    static final ClassName MODEL_FILE = model("ModelFile");
    static final ClassName MODEL_LAYOUT = model("ModelLayout");
    static final ClassName NUMBERS = model("Numbers");
    static final ClassName PREDICTION = model("Prediction");
    static final ClassName RUNNING_DESCRIPTION = model("RunningDescription");

    static final ClassName TEAM = ClassName.get("org.descentlang.runtime.thread", "Team");
    static final ClassName TEAM_TASK = TEAM.nestedClass("Task");

    static final ClassName DURATION = training("Duration");
    static final ClassName DURATION_UNIT = DURATION.nestedClass("Unit");
    static final ClassName EPOCH_REPORT = training("EpochReport");
    static final ClassName EVALUATION = training("Evaluation");
    static final ClassName FIELD_DESCRIPTION = training("FieldDescription");
    static final ClassName METRIC_REFERENCE = training("MetricReference");
    static final ClassName SCHEDULE_DESCRIPTION = training("ScheduleDescription");
    static final ClassName SCHEDULE_SEGMENT = SCHEDULE_DESCRIPTION.nestedClass("Segment");
    static final ClassName STEP_SCALARS = training("StepScalars");
    static final ClassName STOP_CONDITION = training("StopCondition");
    static final ClassName TRAINER = training("Trainer");
    static final ClassName TRAINING_DESCRIPTION = training("TrainingDescription");
    static final ClassName TRAINING_LISTENER = training("TrainingListener");
    static final ClassName TRAINING_MAIN = training("TrainingMain");
    static final ClassName TRAINING_PROGRAM = training("TrainingProgram");
    static final ClassName TRAINING_RESULT = training("TrainingResult");
    static final ClassName TRAINING_STATE = training("TrainingState");
    static final ClassName TRAINING_STEP = training("TrainingStep");

    private RuntimeNames() {}

    private static ClassName data(String name, String... nested) {
        return ClassName.get("org.descentlang.runtime.data", name, nested);
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
