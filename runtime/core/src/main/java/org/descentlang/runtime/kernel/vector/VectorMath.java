package org.descentlang.runtime.kernel.vector;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;
import org.descentlang.runtime.kernel.FloatMath;

/**
 * The functions of {@link FloatMath} on 16 numbers of a kernel's scratch memory at a time, in place: the same
 * polynomials in the same order, so the same bits. Where FloatMath branches, both sides are computed and one is chosen
 * for each lane. What lies after the numbers, up to four times as many, is overwritten.
 *
 * <p>Written into the generated kernels they would make methods that HotSpot's first compiler refuses ("out of virtual
 * registers"), and then its second never sees them. Methods that take or return vectors would put these on the heap
 * wherever they are not inlined, and inlining ends when a kernel has many operations; so the parts of a function meet
 * in memory, too.
 */
public final class VectorMath {
    private static final VectorSpecies<Float> FLOATS = VectorMatrixKernel.SPECIES;
    private static final int LANES = FLOATS.length();
    private static final float ROUND = 0x1.8p23f;

    private VectorMath() {}

    public static void exp(float[] values, int from, int count) {
        for (int i = from; i < from + count; i += LANES) {
            FloatVector x = FloatVector.fromArray(FLOATS, values, i);
            FloatVector shifted = x.fma(FloatVector.broadcast(FLOATS, 1.442695f), FloatVector.broadcast(FLOATS, ROUND));
            FloatVector n = shifted.sub(ROUND);
            FloatVector rest = n.fma(
                    FloatVector.broadcast(FLOATS, 0.00021219444f),
                    n.fma(FloatVector.broadcast(FLOATS, -355 / 512f), x));
            FloatVector sum = rest.fma(
                    FloatVector.broadcast(FLOATS, 0.00019875691f), FloatVector.broadcast(FLOATS, 0.0013981999f));
            sum = sum.fma(rest, FloatVector.broadcast(FLOATS, 0.008333452f));
            sum = sum.fma(rest, FloatVector.broadcast(FLOATS, 0.041665796f));
            sum = sum.fma(rest, FloatVector.broadcast(FLOATS, 0.16666666f));
            sum = sum.fma(rest, FloatVector.broadcast(FLOATS, 0.5f));
            FloatVector power = sum.mul(rest).fma(rest, rest).add(1f);
            // 2^128 is no float, and below 2^-126 the last product alone may round: two halves.
            IntVector whole = shifted.reinterpretAsInts().sub(Float.floatToRawIntBits(ROUND));
            IntVector half = whole.lanewise(VectorOperators.ASHR, 1);
            IntVector other = whole.sub(half);
            power.mul(half.add(127).lanewise(VectorOperators.LSHL, 23).reinterpretAsFloats())
                    .mul(other.add(127).lanewise(VectorOperators.LSHL, 23).reinterpretAsFloats())
                    .blend(Float.POSITIVE_INFINITY, x.compare(VectorOperators.GT, 88.72284f))
                    .blend(0f, x.compare(VectorOperators.LT, -103.97208f))
                    .intoArray(values, i);
        }
    }

    public static void expm1(float[] values, int from, int count) {
        keep(values, from, from + count, count);
        exp(values, from, count);
        for (int i = from; i < from + count; i += LANES) {
            FloatVector x = FloatVector.fromArray(FLOATS, values, i + count);
            FloatVector sum =
                    x.fma(FloatVector.broadcast(FLOATS, 0.00019875691f), FloatVector.broadcast(FLOATS, 0.0013981999f));
            sum = sum.fma(x, FloatVector.broadcast(FLOATS, 0.008333452f));
            sum = sum.fma(x, FloatVector.broadcast(FLOATS, 0.041665796f));
            sum = sum.fma(x, FloatVector.broadcast(FLOATS, 0.16666666f));
            sum = sum.fma(x, FloatVector.broadcast(FLOATS, 0.5f));
            FloatVector.fromArray(FLOATS, values, i)
                    .sub(1f)
                    .blend(sum.mul(x).fma(x, x), x.abs().compare(VectorOperators.LT, 0.35f))
                    .intoArray(values, i);
        }
    }

    public static void log(float[] values, int from, int count) {
        for (int i = from; i < from + count; i += LANES) {
            FloatVector x = FloatVector.fromArray(FLOATS, values, i);
            VectorMask<Float> subnormal = x.compare(VectorOperators.LT, Float.MIN_NORMAL);
            IntVector bits = x.mul(0x1p23f, subnormal).reinterpretAsInts();
            IntVector exponent = bits.sub(0x3f3504f3).lanewise(VectorOperators.ASHR, 23);
            FloatVector m = bits.sub(exponent.lanewise(VectorOperators.LSHL, 23))
                    .reinterpretAsFloats()
                    .sub(1f);
            FloatVector n = ((FloatVector) exponent.convert(VectorOperators.I2F, 0)).sub(23f, subnormal);
            FloatVector sum =
                    m.fma(FloatVector.broadcast(FLOATS, 0.070376836f), FloatVector.broadcast(FLOATS, -0.11514610f));
            sum = sum.fma(m, FloatVector.broadcast(FLOATS, 0.11676999f));
            sum = sum.fma(m, FloatVector.broadcast(FLOATS, -0.12420141f));
            sum = sum.fma(m, FloatVector.broadcast(FLOATS, 0.14249323f));
            sum = sum.fma(m, FloatVector.broadcast(FLOATS, -0.16668057f));
            sum = sum.fma(m, FloatVector.broadcast(FLOATS, 0.20000714f));
            sum = sum.fma(m, FloatVector.broadcast(FLOATS, -0.24999994f));
            sum = sum.fma(m, FloatVector.broadcast(FLOATS, 0.3333333f));
            FloatVector square = m.mul(m);
            FloatVector rest = n.fma(
                    FloatVector.broadcast(FLOATS, -0.00021219444f), sum.mul(m).mul(square));
            rest = square.fma(FloatVector.broadcast(FLOATS, -0.5f), rest);
            n.fma(FloatVector.broadcast(FLOATS, 355 / 512f), m.add(rest))
                    .blend(x, x.compare(VectorOperators.EQ, Float.POSITIVE_INFINITY))
                    .blend(Float.NEGATIVE_INFINITY, x.compare(VectorOperators.EQ, 0f))
                    .blend(Float.NaN, x.compare(VectorOperators.GE, 0f).not())
                    .intoArray(values, i);
        }
    }

    public static void tanh(float[] values, int from, int count) {
        int arguments = from + 2 * count;
        keep(values, from, arguments, count);
        for (int i = from; i < from + count; i += LANES) {
            FloatVector.fromArray(FLOATS, values, i).abs().mul(2f).intoArray(values, i);
        }
        expm1(values, from, count);
        for (int i = 0; i < count; i += LANES) {
            FloatVector x = FloatVector.fromArray(FLOATS, values, arguments + i);
            FloatVector e = FloatVector.fromArray(FLOATS, values, from + i);
            FloatVector size = e.div(e.add(2f)).blend(1f, x.abs().compare(VectorOperators.GT, 9.02f));
            IntVector sign = x.reinterpretAsInts().and(Integer.MIN_VALUE);
            size.reinterpretAsInts().or(sign).reinterpretAsFloats().intoArray(values, from + i);
        }
    }

    public static void sigmoid(float[] values, int from, int count) {
        keep(values, from, from + count, count);
        for (int i = from; i < from + count; i += LANES) {
            // e^-|x| does not overflow.
            FloatVector.fromArray(FLOATS, values, i).abs().neg().intoArray(values, i);
        }
        exp(values, from, count);
        for (int i = from; i < from + count; i += LANES) {
            FloatVector x = FloatVector.fromArray(FLOATS, values, i + count);
            FloatVector e = FloatVector.fromArray(FLOATS, values, i);
            e.blend(1f, x.compare(VectorOperators.GE, 0f)).div(e.add(1f)).intoArray(values, i);
        }
    }

    public static void erf(float[] values, int from, int count) {
        int arguments = from + count;
        keep(values, from, arguments, count);
        for (int i = from; i < from + count; i += LANES) {
            FloatVector size = FloatVector.fromArray(FLOATS, values, i).abs();
            size.neg().mul(size).intoArray(values, i);
        }
        exp(values, from, count);
        erfTail(values, from, arguments, count);
        erfNear0(values, arguments + count, arguments, count);
        for (int i = 0; i < count; i += LANES) {
            FloatVector x = FloatVector.fromArray(FLOATS, values, arguments + i);
            FloatVector near = FloatVector.fromArray(FLOATS, values, arguments + count + i);
            FloatVector size = FloatVector.fromArray(FLOATS, values, from + i)
                    .blend(near, x.abs().compare(VectorOperators.LT, 1f))
                    .blend(1f, x.abs().compare(VectorOperators.GT, 4f));
            IntVector sign = x.reinterpretAsInts().and(Integer.MIN_VALUE);
            size.reinterpretAsInts().or(sign).reinterpretAsFloats().intoArray(values, from + i);
        }
    }

    /** From e^-x^2 to erf |x|. */
    private static void erfTail(float[] values, int from, int arguments, int count) {
        for (int i = 0; i < count; i += LANES) {
            FloatVector size =
                    FloatVector.fromArray(FLOATS, values, arguments + i).abs();
            FloatVector t = FloatVector.broadcast(FLOATS, 1f)
                    .div(size.fma(FloatVector.broadcast(FLOATS, 0.3275911f), FloatVector.broadcast(FLOATS, 1f)));
            FloatVector sum =
                    t.fma(FloatVector.broadcast(FLOATS, 1.0614054f), FloatVector.broadcast(FLOATS, -1.4531521f));
            sum = sum.fma(t, FloatVector.broadcast(FLOATS, 1.4214138f));
            sum = sum.fma(t, FloatVector.broadcast(FLOATS, -0.28449672f));
            sum = sum.fma(t, FloatVector.broadcast(FLOATS, 0.2548296f));
            FloatVector tail = sum.mul(t).mul(FloatVector.fromArray(FLOATS, values, from + i));
            FloatVector.broadcast(FLOATS, 1f).sub(tail).intoArray(values, from + i);
        }
    }

    /** erf |x| for |x| below 1. */
    private static void erfNear0(float[] values, int to, int arguments, int count) {
        for (int i = 0; i < count; i += LANES) {
            FloatVector size =
                    FloatVector.fromArray(FLOATS, values, arguments + i).abs();
            FloatVector square = size.mul(size);
            FloatVector sum = square.fma(
                    FloatVector.broadcast(FLOATS, -1 / 6894720f), FloatVector.broadcast(FLOATS, 1 / 685440f));
            sum = sum.fma(square, FloatVector.broadcast(FLOATS, -1 / 75600f));
            sum = sum.fma(square, FloatVector.broadcast(FLOATS, 1 / 9360f));
            sum = sum.fma(square, FloatVector.broadcast(FLOATS, -1 / 1320f));
            sum = sum.fma(square, FloatVector.broadcast(FLOATS, 1 / 216f));
            sum = sum.fma(square, FloatVector.broadcast(FLOATS, -1 / 42f));
            sum = sum.fma(square, FloatVector.broadcast(FLOATS, 0.1f));
            sum = sum.fma(square, FloatVector.broadcast(FLOATS, -1 / 3f));
            sum.mul(square).fma(size, size).mul(1.1283792f).intoArray(values, to + i);
        }
    }

    /**
     * A copy in whole vectors: processors are slow to read what was just written in smaller pieces, as
     * {@code arraycopy} does.
     */
    private static void keep(float[] values, int from, int to, int count) {
        for (int i = 0; i < count; i += LANES) {
            FloatVector.fromArray(FLOATS, values, from + i).intoArray(values, to + i);
        }
    }
}
