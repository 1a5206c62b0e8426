package org.descentlang.runtime.tornado;

import static java.util.Comparator.comparingDouble;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.descentlang.runtime.device.ProgramTime;
import org.descentlang.runtime.device.TaskTime;

/**
 * Reads the JSON that TornadoVM's profiler writes for every run of a graph: numbers are nanoseconds in quotes, tasks
 * are called `graph.task`.
 */
final class ProfileLog {
    private static final Pattern ENTRY = Pattern.compile("\"([^\"]+)\": (?:\"([^\"]*)\"|\\{)");
    private static final Pattern GRAPH = Pattern.compile("(\\D+)(\\d+)");
    private static final double MILLISECOND = 1e6;

    private final Map<String, Program> programs = new LinkedHashMap<>();
    private Program program = new Program();
    private String task = "";

    /** Sums over the runs of a program, in nanoseconds. */
    private static final class Program {
        private int runs;
        private long total;
        private long transfers;
        private final Map<String, Long> tasks = new LinkedHashMap<>();

        private ProgramTime mean(String name) {
            double scale = 1 / MILLISECOND / runs;
            var times = new ArrayList<TaskTime>();
            tasks.forEach((task, time) -> times.add(new TaskTime(task, time * scale)));
            times.sort(comparingDouble(TaskTime::milliseconds).reversed());
            return new ProgramTime(name, runs, total * scale, transfers * scale, times);
        }
    }

    private ProfileLog() {}

    /** The programs in the order of their first runs, the slowest task of each first. */
    static List<ProgramTime> read(String log) {
        var reader = new ProfileLog();
        Matcher entries = ENTRY.matcher(log);
        while (entries.find()) {
            String value = entries.group(2);
            if (value == null) {
                reader.open(entries.group(1));
            } else {
                reader.entry(entries.group(1), value);
            }
        }
        return reader.programs.entrySet().stream()
                .map(program -> program.getValue().mean(program.getKey()))
                .toList();
    }

    /** The opening brace of a graph or of a task; the graphs of one program are numbered. */
    private void open(String name) {
        int dot = name.indexOf('.');
        if (dot >= 0) {
            task = name.substring(dot + 1);
            return;
        }
        Matcher graph = GRAPH.matcher(name);
        if (graph.matches()) {
            program = programs.computeIfAbsent(graph.group(1), _ -> new Program());
            program.runs += graph.group(2).equals("0") ? 1 : 0;
        }
    }

    private void entry(String name, String value) {
        switch (name) {
            case "TOTAL_TASK_GRAPH_TIME" -> program.total += Long.parseLong(value);
            case "COPY_IN_TIME", "COPY_OUT_TIME" -> program.transfers += Long.parseLong(value);
            case "TASK_KERNEL_TIME" -> program.tasks.merge(task, Long.parseLong(value), Long::sum);
            default -> {} // the log has more to say
        }
    }
}
