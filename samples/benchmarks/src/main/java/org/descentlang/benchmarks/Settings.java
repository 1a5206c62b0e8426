package org.descentlang.benchmarks;

import java.util.ArrayList;
import java.util.List;

/**
 * What the commands have in common: {@code --threads N} (the cores), {@code --repetitions N} (5), {@code --seconds N}
 * (4).
 *
 * @param seconds of warm-up and again of measurement in each process
 * @param rest the other arguments
 */
record Settings(int threads, int repetitions, double seconds, List<String> rest) {
    static Settings parse(String... arguments) {
        int threads = Runtime.getRuntime().availableProcessors();
        int repetitions = 5;
        double seconds = 4;
        var rest = new ArrayList<String>();
        for (int i = 0; i < arguments.length; i++) {
            switch (arguments[i]) {
                case "--threads" -> threads = Integer.parseInt(arguments[++i]);
                case "--repetitions" -> repetitions = Integer.parseInt(arguments[++i]);
                case "--seconds" -> seconds = Double.parseDouble(arguments[++i]);
                default -> rest.add(arguments[i]);
            }
        }
        return new Settings(threads, repetitions, seconds, rest);
    }
}
