package org.descentlang.compiler.type;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The dimensions of a tensor, outermost first; none for a scalar. */
public record Shape(List<Dim> dims) {
    public static final Shape SCALAR = new Shape(List.of());

    public Shape {
        dims = List.copyOf(dims);
    }

    public static Shape of(Dim... dims) {
        return new Shape(List.of(dims));
    }

    public static Shape of(long... sizes) {
        var dims = new ArrayList<Dim>();
        for (long size : sizes) {
            dims.add(Dim.of(size));
        }
        return new Shape(dims);
    }

    public int rank() {
        return dims.size();
    }

    public Dim dim(int axis) {
        return dims.get(axis);
    }

    public Dim last() {
        return dims.getLast();
    }

    public boolean isScalar() {
        return dims.isEmpty();
    }

    public boolean isFixed() {
        return dims.stream().allMatch(Dim::isFixed);
    }

    /** The number of elements, as a dimension. */
    public Dim count() {
        return dims.stream().reduce(Dim.ONE, Dim::times);
    }

    /** The number of elements for a batch of {@code batch} examples. */
    public long count(long batch) {
        return count().size(batch);
    }

    public Shape with(int axis, Dim dim) {
        var changed = new ArrayList<>(dims);
        changed.set(axis, dim);
        return new Shape(changed);
    }

    public Shape without(int axis) {
        var changed = new ArrayList<>(dims);
        changed.remove(axis);
        return new Shape(changed);
    }

    public Shape append(Dim dim) {
        var changed = new ArrayList<>(dims);
        changed.add(dim);
        return new Shape(changed);
    }

    /** The dimensions of both. */
    public Shape append(Shape other) {
        var joined = new ArrayList<>(dims);
        joined.addAll(other.dims);
        return new Shape(joined);
    }

    @Override
    public String toString() {
        return dims.stream().map(Dim::toString).collect(Collectors.joining(", ", "[", "]"));
    }
}
