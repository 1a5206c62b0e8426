/// The Descent compiler: text to checked model, tensor IR, plan and Java source. It reads no files by itself.
@NullMarked
package org.descentlang.compiler;

import org.jspecify.annotations.NullMarked;
