package org.descentlang.cli;

import java.nio.file.Path;
import org.descentlang.description.TrainingDescription;
import org.descentlang.runtime.model.ModelFile;
import org.descentlang.runtime.training.Progress;
import org.descentlang.runtime.training.TrainingListener;
import org.descentlang.runtime.training.TrainingResult;

/**
 * Saves the model as soon as it is final: whoever stopped the run may not wait for its evaluation. A model that learnt
 * nothing is not saved.
 */
record ModelSaving(Path file) implements TrainingListener {
    /** Before the training: that it was in vain should be known first. */
    void requireWritable(TrainingDescription description) {
        ModelFile.requireWritable(file, description.model());
    }

    @Override
    public void onTrained(Progress progress, TrainingResult result) {
        if (result.isTrained()) {
            ModelFile.save(
                    file,
                    result.description().model(),
                    result.state().parameters(),
                    result.state().running());
        }
    }
}
