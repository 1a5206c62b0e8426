package org.descentlang.runtime.training;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Of the final parameters, as far as they were evaluated. */
record FinalScores(Optional<Evaluation> train, Optional<Evaluation> validation, Optional<Evaluation> test) {
    static final FinalScores NONE = new FinalScores(Optional.empty(), Optional.empty(), Optional.empty());

    /** What says that the parameters are of no use although they are finite. */
    List<String> warnings() {
        return Stream.of(
                        RunWarnings.notFinite("training", train),
                        RunWarnings.notFinite("validation", validation),
                        RunWarnings.notFinite("test", test))
                .flatMap(Optional::stream)
                .toList();
    }
}
