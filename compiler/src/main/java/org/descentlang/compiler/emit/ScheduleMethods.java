package org.descentlang.compiler.emit;

import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import java.util.List;
import javax.lang.model.element.Modifier;
import org.descentlang.compiler.emit.program.HostScalars;
import org.descentlang.compiler.emit.text.Comments;
import org.descentlang.compiler.emit.text.ScalarNames;
import org.descentlang.compiler.emit.text.ScalarSource;
import org.descentlang.compiler.emit.text.Text;
import org.descentlang.compiler.ir.Op;
import org.descentlang.compiler.ir.Output;
import org.descentlang.compiler.model.ScheduleSpec;
import org.descentlang.compiler.model.ScheduleSpec.Segment;
import org.descentlang.compiler.plan.Capacity;
import org.descentlang.compiler.plan.Layout;
import org.descentlang.compiler.plan.Place;
import org.descentlang.compiler.plan.Plan;
import org.descentlang.compiler.plan.Planner;
import org.descentlang.compiler.plan.Prepared;
import org.descentlang.compiler.plan.Step;

/** Schedules as methods of a step: one a segment, in double precision. */
record ScheduleMethods(List<ScheduleSpec> schedules) {
    private static final String DURATION = "duration.";

    private static final Layout NO_MEMORY = new Layout() {
        @Override
        public Place of(Op.Read read) {
            throw new IllegalArgumentException(read.toString());
        }

        @Override
        public Place of(Output output) {
            throw new IllegalArgumentException(output.toString());
        }
    };

    private static final ScalarSource ARGUMENTS = new ScalarSource() {
        @Override
        public Text read(Op.Read scalar) {
            return scalar.name().startsWith(DURATION)
                    ? Text.primary("durations[$L]", scalar.name().substring(DURATION.length()))
                    : Text.primary("$L", scalar.name());
        }

        @Override
        public String seed() {
            return "0";
        }

        @Override
        public String draw() {
            return "0";
        }
    };

    void addTo(TypeSpec.Builder type) {
        var scheduled = method("scheduled")
                .addAnnotation(Override.class)
                .addModifiers(Modifier.PUBLIC)
                .addParameter(int.class, "schedule")
                .addParameter(int.class, "segment");
        arguments(scheduled);
        if (schedules.isEmpty()) {
            String message = "there are no schedules";
            type.addMethod(scheduled
                    .addStatement("throw new $T($S)", IllegalArgumentException.class, message)
                    .build());
            return;
        }
        scheduled.beginControlFlow("return switch (schedule)");
        for (int i = 0; i < schedules.size(); i++) {
            scheduled.addStatement("case $L -> schedule$L(segment, base, t, durations)", i, i + 1);
        }
        scheduled.addStatement(
                "default -> throw new $T($S + schedule)", IllegalArgumentException.class, "no schedule ");
        type.addMethod(scheduled.addCode("$<};\n").build());
        for (int i = 0; i < schedules.size(); i++) {
            addSchedule(type, "schedule" + (i + 1), schedules.get(i).segments());
        }
    }

    private static void addSchedule(TypeSpec.Builder type, String name, List<Segment> segments) {
        var schedule =
                method(name).addModifiers(Modifier.PRIVATE, Modifier.STATIC).addParameter(int.class, "segment");
        arguments(schedule).beginControlFlow("return switch (segment)");
        for (int i = 0; i < segments.size(); i++) {
            schedule.addStatement("case $L -> $LSegment$L(base, t, durations)", i, name, i + 1);
        }
        schedule.addStatement("default -> throw new $T($S + segment)", IllegalArgumentException.class, "no segment ");
        type.addMethod(schedule.addCode("$<};\n").build());
        for (int i = 0; i < segments.size(); i++) {
            type.addMethod(segment(name + "Segment" + (i + 1), segments.get(i)));
        }
    }

    private static MethodSpec segment(String name, Segment segment) {
        Plan plan = Planner.plan(name, Prepared.of(segment.value()), Capacity.of(1), NO_MEMORY);
        var scalars = HostScalars.local(plan, new ScalarNames(plan.program(), List.of()), ARGUMENTS);
        var method = arguments(method(name).addModifiers(Modifier.PRIVATE, Modifier.STATIC))
                .addJavadoc("$L\n", Comments.escaped(segment.text()));
        for (Step step : plan.steps()) {
            scalars.statements(step.results()).forEach(method::addStatement);
        }
        int value = plan.program().outputs().getFirst().value();
        return method.addStatement("return $L", scalars.local(value)).build();
    }

    private static MethodSpec.Builder method(String name) {
        return MethodSpec.methodBuilder(name).returns(TypeName.DOUBLE);
    }

    private static MethodSpec.Builder arguments(MethodSpec.Builder method) {
        return method.addParameter(double.class, "base")
                .addParameter(double.class, "t")
                .addParameter(double[].class, "durations");
    }
}
