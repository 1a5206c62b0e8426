package org.descentlang.compiler.op;

import org.descentlang.compiler.ir.Op;

/** A sum of products of three tensors, x, w and y, each of which is the result of a part. */
record Convolution(Op.Convolve convolve) {
    void fill(TensorValue first, TensorValue second, TensorValue result) {
        Op.Part part = convolve.part();
        TensorValue x = part == Op.Part.BY_DATA ? result : first;
        TensorValue w = part == Op.Part.BY_WEIGHTS ? result : second;
        TensorValue y = switch (part) {
            case VALUE -> result;
            case BY_DATA -> first;
            case BY_WEIGHTS -> second;
        };
        Term term = switch (part) {
            case VALUE -> (ofX, ofW, ofY) -> ofY.add(ofX.get() * ofW.get());
            case BY_DATA -> (ofX, ofW, ofY) -> ofX.add(ofW.get() * ofY.get());
            case BY_WEIGHTS -> (ofX, ofW, ofY) -> ofW.add(ofX.get() * ofY.get());
        };
        add(x, w, y, term);
    }

    /** One element of a tensor at a time. */
    private static final class Cursor {
        private final double[] data;
        private int at;

        Cursor(TensorValue tensor) {
            data = tensor.data();
        }

        double get() {
            return data[at];
        }

        void add(double value) {
            data[at] += value;
        }
    }

    @FunctionalInterface
    private interface Term {
        void add(Cursor x, Cursor w, Cursor y);
    }

    private void add(TensorValue x, TensorValue w, TensorValue y, Term term) {
        var walk = new WindowWalk(convolve.windows());
        int examples = x.sizes()[0];
        for (int example = 0; example < examples; example++) {
            int from = example * walk.inputs();
            int to = example * walk.positions();
            walk.each((position, element, input) -> channels(x, from + input, w, element, y, to + position, term));
        }
    }

    /** Of a pixel of x and one of y. */
    private void channels(
            TensorValue x, int input, TensorValue w, int element, TensorValue y, int position, Term term) {
        var ofX = new Cursor(x);
        var ofW = new Cursor(w);
        var ofY = new Cursor(y);
        int channels = x.sizes()[x.sizes().length - 1];
        int units = y.sizes()[y.sizes().length - 1];
        int share = channels / (int) convolve.groups();
        int unitsOfShare = units / (int) convolve.groups();
        for (int channel = 0; channel < channels; channel++) {
            int firstUnit = channel / share * unitsOfShare;
            ofX.at = input * channels + channel;
            for (int unit = firstUnit; unit < firstUnit + unitsOfShare; unit++) {
                ofW.at = (element * share + channel % share) * units + unit;
                ofY.at = position * units + unit;
                term.add(ofX, ofW, ofY);
            }
        }
    }
}
