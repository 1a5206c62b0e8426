package org.descentlang.runtime.device;

import java.util.List;

/**
 * Where the time of a step's program goes on a device, as means over several runs, in milliseconds.
 *
 * @param name `gradient`, `update`, `evaluation` …
 * @param runs that were measured
 * @param total from the host's call to its return
 * @param transfers of what goes to the device and comes back
 */
public record ProgramTime(String name, int runs, double total, double transfers, List<TaskTime> tasks) {
    public ProgramTime {
        tasks = List.copyOf(tasks);
    }

    public double computing() {
        return tasks.stream().mapToDouble(TaskTime::milliseconds).sum();
    }

    /** What is neither computing nor moving data: the host hands tasks to the device. */
    public double launching() {
        return Math.max(0, total - transfers - computing());
    }
}
