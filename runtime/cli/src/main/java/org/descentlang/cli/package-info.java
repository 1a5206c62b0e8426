/// The `descent` command.
@NullMarked
package org.descentlang.cli;

import org.jspecify.annotations.NullMarked;
