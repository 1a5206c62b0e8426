/// What compiler and runtime both know of a training, as values: the compiler makes them of the text and prints them
/// into generated Java; the training loop, generated steps and the reference run read them.
@NullMarked
package org.descentlang.description;

import org.jspecify.annotations.NullMarked;
