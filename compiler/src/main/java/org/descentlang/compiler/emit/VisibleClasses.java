package org.descentlang.compiler.emit;

import com.palantir.javapoet.ClassName;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.descentlang.compiler.model.CheckedUnit;
import org.descentlang.compiler.model.ModelSpec;
import org.descentlang.compiler.model.TrainingSpec;
import org.descentlang.compiler.source.Span;

/**
 * The classes of a file that users see: one for each training, and for each model one for every set of arguments that
 * it is trained with. The first of these has the model's name, further ones a number. A model that nothing trains has
 * its default arguments.
 */
final class VisibleClasses {
    /** What a model's class depends on. */
    record ModelKey(String name, Map<String, String> arguments) {
        static ModelKey of(ModelSpec model) {
            var arguments = new LinkedHashMap<String, String>();
            model.arguments().forEach(argument -> arguments.put(argument.name(), argument.value()));
            return new ModelKey(model.name(), arguments);
        }
    }

    /**
     * The class that has the name of what it is made of, or should have it.
     *
     * @param what `model Mlp`
     * @param user what in the file makes it: the model may be another file's
     * @param content equal for equal classes
     */
    record Named(ClassName name, String wanted, String what, Span place, Span user, Object content) {}

    private final ClassNames names;
    private final List<ModelSpec> models;
    private final Map<ModelKey, ClassName> modelClasses = new LinkedHashMap<>();
    private final Map<String, ClassName> trainingClasses = new LinkedHashMap<>();
    private final List<Named> named = new ArrayList<>();

    VisibleClasses(CheckedUnit unit) {
        names = new ClassNames(unit.packageName());
        models = models(unit);
        unit.trainings().forEach(this::add);
        var seen = new HashSet<String>();
        models.stream().filter(model -> seen.add(model.name())).forEach(model -> addFirst(model, unit));
        models.forEach(model -> modelClasses.computeIfAbsent(ModelKey.of(model), _ -> names.visible(model.name())));
    }

    private static List<ModelSpec> models(CheckedUnit unit) {
        var found = new LinkedHashMap<ModelKey, ModelSpec>();
        unit.trainings().forEach(training -> found.putIfAbsent(ModelKey.of(training.model()), training.model()));
        var trained = found.keySet().stream().map(ModelKey::name).toList();
        unit.models().stream()
                .filter(model -> !trained.contains(model.name()))
                .forEach(model -> found.putIfAbsent(ModelKey.of(model), model));
        return List.copyOf(found.values());
    }

    private void add(TrainingSpec training) {
        ClassName name = names.visible(training.name());
        trainingClasses.put(training.name(), name);
        Span place = training.span();
        named.add(new Named(name, names.wanted(training.name()), "train " + training.name(), place, place, place));
    }

    private void addFirst(ModelSpec model, CheckedUnit unit) {
        ClassName name = names.visible(model.name());
        modelClasses.put(ModelKey.of(model), name);
        Span user = unit.trainings().stream()
                .filter(training -> training.model().name().equals(model.name()))
                .findFirst()
                .map(TrainingSpec::span)
                .orElse(model.span());
        Object content = List.of(model.span(), ModelKey.of(model));
        named.add(new Named(name, names.wanted(model.name()), "model " + model.name(), model.span(), user, content));
    }

    /** Where the others take their names. */
    ClassNames names() {
        return names;
    }

    List<ModelSpec> models() {
        return models;
    }

    ClassName of(ModelSpec model) {
        return Optional.ofNullable(modelClasses.get(ModelKey.of(model))).orElseThrow();
    }

    ClassName of(TrainingSpec training) {
        return Optional.ofNullable(trainingClasses.get(training.name())).orElseThrow();
    }

    List<Named> named() {
        return named;
    }
}
