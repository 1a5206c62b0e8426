package org.descentlang.runtime.tornado;

import uk.ac.manchester.tornado.api.types.arrays.DoubleArray;

/**
 * What a batch with fewer rows than there is room for changes about a matrix product of as many rows as there is room
 * for.
 */
public sealed interface FewerRows {
    /** Results that nobody reads, behind the others. */
    record Unread() implements FewerRows {}

    /**
     * Terms of its sums, which must be zero then.
     *
     * @param each how many terms a row of the batch is
     * @param numbers in which the current rows are
     */
    record Summed(int each, DoubleArray numbers) implements FewerRows {}

    /** Where everything lies in memory. */
    record Moved() implements FewerRows {}
}
