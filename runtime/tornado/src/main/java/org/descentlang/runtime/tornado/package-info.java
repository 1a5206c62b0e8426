/** What generated code calls on TornadoVM's devices. */
@NullMarked
package org.descentlang.runtime.tornado;

import org.jspecify.annotations.NullMarked;
