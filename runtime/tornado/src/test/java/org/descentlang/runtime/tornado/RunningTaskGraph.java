package org.descentlang.runtime.tornado;

import uk.ac.manchester.tornado.api.TaskGraph;
import uk.ac.manchester.tornado.api.common.TornadoFunctions.Task1;
import uk.ac.manchester.tornado.api.common.TornadoFunctions.Task10;
import uk.ac.manchester.tornado.api.common.TornadoFunctions.Task11;
import uk.ac.manchester.tornado.api.common.TornadoFunctions.Task12;
import uk.ac.manchester.tornado.api.common.TornadoFunctions.Task13;
import uk.ac.manchester.tornado.api.common.TornadoFunctions.Task14;
import uk.ac.manchester.tornado.api.common.TornadoFunctions.Task2;
import uk.ac.manchester.tornado.api.common.TornadoFunctions.Task3;
import uk.ac.manchester.tornado.api.common.TornadoFunctions.Task4;
import uk.ac.manchester.tornado.api.common.TornadoFunctions.Task5;
import uk.ac.manchester.tornado.api.common.TornadoFunctions.Task6;
import uk.ac.manchester.tornado.api.common.TornadoFunctions.Task7;
import uk.ac.manchester.tornado.api.common.TornadoFunctions.Task8;
import uk.ac.manchester.tornado.api.common.TornadoFunctions.Task9;

/** Runs each task when it is added. */
final class RunningTaskGraph extends TaskGraph {
    RunningTaskGraph() {
        super("running");
    }

    @Override
    public <A> TaskGraph task(String id, Task1<A> code, A a) {
        code.apply(a);
        return this;
    }

    @Override
    public <A, B> TaskGraph task(String id, Task2<A, B> code, A a, B b) {
        code.apply(a, b);
        return this;
    }

    @Override
    public <A, B, C> TaskGraph task(String id, Task3<A, B, C> code, A a, B b, C c) {
        code.apply(a, b, c);
        return this;
    }

    @Override
    public <A, B, C, D> TaskGraph task(String id, Task4<A, B, C, D> code, A a, B b, C c, D d) {
        code.apply(a, b, c, d);
        return this;
    }

    @Override
    public <A, B, C, D, E> TaskGraph task(String id, Task5<A, B, C, D, E> code, A a, B b, C c, D d, E e) {
        code.apply(a, b, c, d, e);
        return this;
    }

    @Override
    public <A, B, C, D, E, F> TaskGraph task(String id, Task6<A, B, C, D, E, F> code, A a, B b, C c, D d, E e, F f) {
        code.apply(a, b, c, d, e, f);
        return this;
    }

    @Override
    public <A, B, C, D, E, F, G> TaskGraph task(
            String id, Task7<A, B, C, D, E, F, G> code, A a, B b, C c, D d, E e, F f, G g) {
        code.apply(a, b, c, d, e, f, g);
        return this;
    }

    @Override
    public <A, B, C, D, E, F, G, H> TaskGraph task(
            String id, Task8<A, B, C, D, E, F, G, H> code, A a, B b, C c, D d, E e, F f, G g, H h) {
        code.apply(a, b, c, d, e, f, g, h);
        return this;
    }

    @Override
    public <A, B, C, D, E, F, G, H, I> TaskGraph task(
            String id, Task9<A, B, C, D, E, F, G, H, I> code, A a, B b, C c, D d, E e, F f, G g, H h, I i) {
        code.apply(a, b, c, d, e, f, g, h, i);
        return this;
    }

    @Override
    public <A, B, C, D, E, F, G, H, I, J> TaskGraph task(
            String id, Task10<A, B, C, D, E, F, G, H, I, J> code, A a, B b, C c, D d, E e, F f, G g, H h, I i, J j) {
        code.apply(a, b, c, d, e, f, g, h, i, j);
        return this;
    }

    @Override
    public <A, B, C, D, E, F, G, H, I, J, K> TaskGraph task(
            String id,
            Task11<A, B, C, D, E, F, G, H, I, J, K> code,
            A a,
            B b,
            C c,
            D d,
            E e,
            F f,
            G g,
            H h,
            I i,
            J j,
            K k) {
        code.apply(a, b, c, d, e, f, g, h, i, j, k);
        return this;
    }

    @Override
    public <A, B, C, D, E, F, G, H, I, J, K, L> TaskGraph task(
            String id,
            Task12<A, B, C, D, E, F, G, H, I, J, K, L> code,
            A a,
            B b,
            C c,
            D d,
            E e,
            F f,
            G g,
            H h,
            I i,
            J j,
            K k,
            L l) {
        code.apply(a, b, c, d, e, f, g, h, i, j, k, l);
        return this;
    }

    @Override
    public <A, B, C, D, E, F, G, H, I, J, K, L, M> TaskGraph task(
            String id,
            Task13<A, B, C, D, E, F, G, H, I, J, K, L, M> code,
            A a,
            B b,
            C c,
            D d,
            E e,
            F f,
            G g,
            H h,
            I i,
            J j,
            K k,
            L l,
            M m) {
        code.apply(a, b, c, d, e, f, g, h, i, j, k, l, m);
        return this;
    }

    @Override
    public <A, B, C, D, E, F, G, H, I, J, K, L, M, N> TaskGraph task(
            String id,
            Task14<A, B, C, D, E, F, G, H, I, J, K, L, M, N> code,
            A a,
            B b,
            C c,
            D d,
            E e,
            F f,
            G g,
            H h,
            I i,
            J j,
            K k,
            L l,
            M m,
            N n) {
        code.apply(a, b, c, d, e, f, g, h, i, j, k, l, m, n);
        return this;
    }
}
