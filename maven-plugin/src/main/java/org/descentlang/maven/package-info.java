/// The Maven goals; each starts the `descent` command in a JVM of its own.
@NullMarked
package org.descentlang.maven;

import org.jspecify.annotations.NullMarked;
