package org.descentlang.compiler.train;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.descentlang.compiler.model.ParameterSpec;
import org.descentlang.compiler.model.UpdateGroup;

/**
 * Which parameters share all numbers of the update rule.
 *
 * @param settings by group: where each number of the rule comes from
 */
record ParameterGroups(List<UpdateGroup> groups, List<Map<String, Setting>> settings) {
    /**
     * Parameters whose size is a multiple of this come first in a group, so that all of them begin at a multiple of it.
     */
    private static final int ALIGNMENT = 16;

    static ParameterGroups of(List<ParameterSpec> parameters, RuleSettings settings) {
        Map<Map<String, Setting>, List<ParameterSpec>> byNumbers = new LinkedHashMap<>();
        for (ParameterSpec parameter : parameters) {
            byNumbers
                    .computeIfAbsent(settings.of(parameter), _ -> new ArrayList<>())
                    .add(parameter);
        }
        var groups = new ArrayList<UpdateGroup>();
        byNumbers.forEach((numbers, members) -> groups.add(new UpdateGroup(name(numbers), aligned(members))));
        return new ParameterGroups(groups, List.copyOf(byNumbers.keySet()));
    }

    /** A group for each parameter, for rules that reduce over a parameter. */
    ParameterGroups split() {
        var singles = new ArrayList<UpdateGroup>();
        var numbers = new ArrayList<Map<String, Setting>>();
        for (int i = 0; i < groups.size(); i++) {
            for (ParameterSpec parameter : groups.get(i).parameters()) {
                singles.add(new UpdateGroup(parameter.path(), List.of(parameter)));
                numbers.add(settings.get(i));
            }
        }
        return new ParameterGroups(singles, numbers);
    }

    private static String name(Map<String, Setting> numbers) {
        String labels = numbers.values().stream()
                .map(Setting::label)
                .filter(label -> !label.isEmpty())
                .distinct()
                .collect(Collectors.joining("_"));
        return labels.isEmpty() ? "main" : labels;
    }

    private static List<ParameterSpec> aligned(List<ParameterSpec> members) {
        var sorted = new ArrayList<ParameterSpec>();
        members.stream().filter(ParameterGroups::isAligned).forEach(sorted::add);
        members.stream().filter(parameter -> !isAligned(parameter)).forEach(sorted::add);
        return sorted;
    }

    private static boolean isAligned(ParameterSpec parameter) {
        return parameter.count() % ALIGNMENT == 0;
    }
}
