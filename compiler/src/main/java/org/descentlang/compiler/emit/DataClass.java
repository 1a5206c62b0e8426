package org.descentlang.compiler.emit;

import static org.descentlang.compiler.emit.text.RuntimeNames.CONVERSION;
import static org.descentlang.compiler.emit.text.RuntimeNames.LANES;
import static org.descentlang.compiler.emit.text.RuntimeNames.TEAM;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeSpec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import javax.lang.model.element.Modifier;
import org.descentlang.compiler.emit.kernel.Frame;
import org.descentlang.compiler.emit.kernel.Places;
import org.descentlang.compiler.emit.program.ProgramMethods;
import org.descentlang.compiler.emit.text.Positions;
import org.descentlang.compiler.emit.text.ScalarSource;
import org.descentlang.compiler.emit.text.Text;
import org.descentlang.compiler.ir.Op;
import org.descentlang.compiler.ir.Output;
import org.descentlang.compiler.ir.Program;
import org.descentlang.compiler.layout.DataDescriptions;
import org.descentlang.compiler.model.DataSpec;
import org.descentlang.compiler.model.DataSpec.Content;
import org.descentlang.compiler.plan.Capacity;
import org.descentlang.compiler.plan.Layout;
import org.descentlang.compiler.plan.Offset;
import org.descentlang.compiler.plan.Place;
import org.descentlang.compiler.plan.Plan;
import org.descentlang.compiler.plan.Planner;
import org.descentlang.compiler.plan.Prepared;
import org.descentlang.compiler.plan.Slab;

/** What a `data` declaration says, and a class for each field that is computed from what the file has. */
final class DataClass {
    private static final Layout COLUMNS_TO_FIELD = new Layout() {
        @Override
        public Place of(Op.Read read) {
            return new Place(Slab.COLUMNS, 0);
        }

        @Override
        public Place of(Output output) {
            return new Place(Slab.FIELD, 0);
        }
    };

    private static final ScalarSource NO_SCALARS = new ScalarSource() {
        @Override
        public Text read(Op.Read scalar) {
            throw new IllegalArgumentException(scalar.toString());
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

    private final DataSpec data;
    private final ClassName name;
    private final Map<String, ClassName> conversions = new HashMap<>();

    DataClass(DataSpec data, ClassNames names) {
        this.data = data;
        this.name = names.internal(data.name() + ".Data");
        for (DataSpec.Field field : data.fields()) {
            if (field.content() instanceof Content.Converted) {
                conversions.put(field.name(), names.internal(data.name() + "." + field.name() + ".Conversion"));
            }
        }
    }

    ClassName name() {
        return name;
    }

    List<TypeSpec> types() {
        var types = new ArrayList<TypeSpec>();
        types.add(description());
        for (DataSpec.Field field : data.fields()) {
            if (field.content() instanceof Content.Converted converted) {
                types.add(conversion(field, Prepared.of(converted.convert())));
            }
        }
        return types;
    }

    private TypeSpec description() {
        var type = TypeSpec.classBuilder(name)
                .addModifiers(Modifier.FINAL)
                .addJavadoc("The examples of {@code data $L}.\n", data.name())
                .addMethod(MethodSpec.constructorBuilder()
                        .addModifiers(Modifier.PRIVATE)
                        .build());
        RecordMethods.add(type, "describe", DataDescriptions.of(data, this::generated), Map.of());
        return type.build();
    }

    /** What makes a field of what is read. */
    ValueText.Generated generated(DataSpec.Field field) {
        return new ValueText.Generated(Objects.requireNonNull(conversions.get(field.name())));
    }

    private TypeSpec conversion(DataSpec.Field field, Program program) {
        ClassName own = Objects.requireNonNull(conversions.get(field.name()));
        Plan plan = Planner.plan("convert", program, new Capacity(OptionalInt.empty()), COLUMNS_TO_FIELD);
        var methods = ProgramMethods.of(plan, Frame.ofOneClass(), Places.UNNAMED, NO_SCALARS);
        var type = TypeSpec.classBuilder(own)
                .addModifiers(Modifier.FINAL)
                .addSuperinterface(CONVERSION)
                .addJavadoc("How field {@code $L} is computed from what the file has.\n", field.name());
        var convert = MethodSpec.methodBuilder("convert")
                .addAnnotation(Override.class)
                .addModifiers(Modifier.PUBLIC)
                .addParameter(float[].class, "columns")
                .addParameter(float[].class, "field")
                .addParameter(int.class, "rows")
                .addStatement("this.columns = columns")
                .addStatement("this.field = field")
                .addStatement("this.rows = rows");
        for (String slab : List.of("columns", "field")) {
            type.addField(array(float[].class, "float", slab));
        }
        type.addField(int.class, "rows", Modifier.PRIVATE);
        if (!plan.work().equals(Offset.ZERO) || !plan.integers().equals(Offset.ZERO)) {
            type.addField(int.class, "capacity", Modifier.PRIVATE);
            type.addField(array(float[].class, "float", "work"));
            type.addField(array(int[].class, "int", "integers"));
            convert.addStatement("capacity = rows")
                    .addStatement("work = new float[$L]", Positions.offset(plan.work()))
                    .addStatement("integers = new int[$L]", Positions.offset(plan.integers()));
        }
        if (methods.usesTeam()) {
            type.addField(made(TEAM, "team", CodeBlock.of("$T.of(1)", TEAM)));
        }
        if (methods.usesProducts()) {
            throw new IllegalStateException("a product of columns");
        }
        if (methods.scratch().floats()) {
            type.addField(FieldSpec.builder(float[][].class, "lanes", Modifier.PRIVATE, Modifier.FINAL)
                    .initializer("$T.floats(1)", LANES)
                    .build());
        }
        if (methods.scratch().doubles()) {
            type.addField(FieldSpec.builder(double[][].class, "sums", Modifier.PRIVATE, Modifier.FINAL)
                    .initializer("$T.doubles(1)", LANES)
                    .build());
        }
        type.addMethod(convert.addStatement("runConvert()").build());
        methods.addTo(type, "runConvert");
        methods.kernelMethods().forEach(type::addMethod);
        return type.build();
    }

    private static FieldSpec array(Class<?> type, String element, String name) {
        return FieldSpec.builder(type, name, Modifier.PRIVATE)
                .initializer("new $L[0]", element)
                .build();
    }

    private static FieldSpec made(ClassName type, String name, CodeBlock value) {
        return FieldSpec.builder(type, name, Modifier.PRIVATE, Modifier.FINAL)
                .initializer(value)
                .build();
    }
}
