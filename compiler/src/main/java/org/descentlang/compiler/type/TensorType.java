package org.descentlang.compiler.type;

/** Element type and shape: `f32[batch, 64]`; `f32` for a scalar. */
public record TensorType(ElementType element, Shape shape) {
    public static final TensorType SCALAR = new TensorType(ElementType.F32, Shape.SCALAR);

    public static TensorType f32(Shape shape) {
        return new TensorType(ElementType.F32, shape);
    }

    public static TensorType i32(Shape shape) {
        return new TensorType(ElementType.I32, shape);
    }

    public static TensorType bool(Shape shape) {
        return new TensorType(ElementType.BOOL, shape);
    }

    public boolean isScalar() {
        return shape.isScalar();
    }

    public TensorType as(ElementType other) {
        return new TensorType(other, shape);
    }

    public TensorType as(Shape other) {
        return new TensorType(element, other);
    }

    @Override
    public String toString() {
        return isScalar() ? element.text() : element.text() + shape;
    }
}
