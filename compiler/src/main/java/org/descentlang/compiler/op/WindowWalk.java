package org.descentlang.compiler.op;

import java.util.List;
import org.descentlang.compiler.ir.Windows;
import org.descentlang.compiler.ir.Windows.Along;

/** Every element of every window that is not in the padding. */
record WindowWalk(Windows windows) {
    @FunctionalInterface
    interface Visitor {
        /** By numbers in row-major order: of the window, of the element in it, of the element in the input. */
        void visit(int position, int element, int input);
    }

    int inputs() {
        return (int) axes().stream().mapToLong(Along::input).reduce(1, (a, b) -> a * b);
    }

    int elements() {
        return (int) axes().stream().mapToLong(Along::size).reduce(1, (a, b) -> a * b);
    }

    int positions() {
        return (int) axes().stream().mapToLong(Along::positions).reduce(1, (a, b) -> a * b);
    }

    private List<Along> axes() {
        return windows.axes();
    }

    /** Window after window, its elements in their order. */
    void each(Visitor visitor) {
        for (int position = 0; position < positions(); position++) {
            for (int element = 0; element < elements(); element++) {
                int input = input(position, element);
                if (input >= 0) {
                    visitor.visit(position, element, input);
                }
            }
        }
    }

    /** -1 in the padding. */
    private int input(int position, int element) {
        int input = 0;
        int size = 1;
        for (Along axis : axes().reversed()) {
            int at = (int) axis.element(position % axis.positions(), element % axis.size());
            if (at < 0 || at >= axis.input()) {
                return -1;
            }
            input += at * size;
            size *= (int) axis.input();
            position /= (int) axis.positions();
            element /= (int) axis.size();
        }
        return input;
    }

    /** The input number of each window's largest element. */
    void largest(TensorValue x, double[] result) {
        int channels = x.sizes()[x.sizes().length - 1];
        int examples = x.sizes()[0];
        java.util.Arrays.fill(result, -1);
        for (int example = 0; example < examples; example++) {
            int from = example * inputs();
            int to = example * positions();
            each((position, _, input) -> {
                for (int channel = 0; channel < channels; channel++) {
                    int at = (to + position) * channels + channel;
                    double next = x.data()[(from + input) * channels + channel];
                    int best = (from + (int) result[at]) * channels + channel;
                    if (result[at] < 0 || isLarger(next, x.data()[best])) {
                        result[at] = input;
                    }
                }
            });
        }
    }

    /** What is not a number is larger than any. */
    private static boolean isLarger(double next, double largest) {
        return next > largest || Double.isNaN(next) && !Double.isNaN(largest);
    }
}
