/** Incremental compilation: what has to be done is decided from the contents of files, before any JVM is started. */
@NullMarked
package org.descentlang.maven.compile;

import org.jspecify.annotations.NullMarked;
