/** Starting the `descent` command in a JVM of its own, and reading what it says. */
@NullMarked
package org.descentlang.maven.command;

import org.jspecify.annotations.NullMarked;
