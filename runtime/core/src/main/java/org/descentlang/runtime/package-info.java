/// What generated code calls on the CPU: kernels, the training loop, data, checkpoints.
@NullMarked
package org.descentlang.runtime;

import org.jspecify.annotations.NullMarked;
