package org.descentlang.compiler.emit.kernel;

import java.util.Optional;
import org.descentlang.compiler.plan.Kernel;
import org.descentlang.compiler.plan.Plan;

/**
 * What generated code calls the places of a plan's values: the one way in which it says where something lies. A place
 * without a name is written as a number, or, where it depends on the largest batch, as an expression.
 */
public interface Places {
    Places UNNAMED = new Places() {
        @Override
        public Optional<String> of(int value) {
            return Optional.empty();
        }

        @Override
        public Optional<String> target(Kernel.Commit commit) {
            return Optional.empty();
        }

        @Override
        public Places of(Plan turn) {
            return this;
        }
    };

    /** Where a value lies that is in memory. */
    Optional<String> of(int value);

    /** Where a result goes at the end. */
    Optional<String> target(Kernel.Commit commit);

    /** Those of the plan of a loop's turns. */
    Places of(Plan turn);
}
