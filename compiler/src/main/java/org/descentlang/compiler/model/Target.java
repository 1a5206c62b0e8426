package org.descentlang.compiler.model;

/** What Java is made for. Classes for the CPU are always made. */
public enum Target {
    CPU,
    /** Also TornadoVM: a thread an element. */
    TORNADO,
    /** Also TornadoVM: kernels of one work item, whose loops the compilers of FPGAs make pipelines of. */
    TORNADO_FPGA
}
