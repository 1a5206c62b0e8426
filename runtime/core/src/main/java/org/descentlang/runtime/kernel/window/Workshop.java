package org.descentlang.runtime.kernel.window;

import org.descentlang.runtime.kernel.matrix.MatrixKernel;
import org.descentlang.runtime.thread.Team;

/**
 * What convolutions work with.
 *
 * @param tile columns of a product that stay in registers
 */
public record Workshop(Team team, MatrixKernel kernel, ChannelKernel channels, int tile, Scratch scratch) {}
