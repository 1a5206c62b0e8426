package org.descentlang.compiler.train;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.descentlang.compiler.ir.Op;
import org.descentlang.compiler.ir.Output;
import org.descentlang.compiler.ir.Program;
import org.descentlang.compiler.lower.Elaboration;
import org.descentlang.compiler.lower.ExpressionLowering;
import org.descentlang.compiler.lower.Value;
import org.descentlang.compiler.model.ParameterSpec;
import org.descentlang.compiler.model.StateSpec;
import org.descentlang.compiler.model.UpdateSpec;
import org.descentlang.description.ProgramRole;

/** Clips, in the order written, and then the update rule, as one program over groups of parameters. */
final class UpdateLowering {
    private final RuleUse optimizer;
    private final List<RuleUse> clips;
    private final Function<String, Elaboration> elaborations;

    /** @param elaborations a new program of the given name */
    UpdateLowering(RuleUse optimizer, List<RuleUse> clips, Function<String, Elaboration> elaborations) {
        this.optimizer = optimizer;
        this.clips = clips;
        this.elaborations = elaborations;
    }

    /** What the clauses come to, and the programs that carry it out. */
    record Lowered(UpdateSpec spec, Map<ProgramRole, Program> programs) {}

    /** Empty if a number is not what its rule requires. */
    Optional<Lowered> lower(ParameterGroups groups, List<ParameterSpec> frozen) {
        var whole = update(groups);
        if (!whole.fulfilled()) {
            return Optional.empty();
        }
        var update = whole.reducesParameters() ? update(groups.split()) : whole;
        var spec = new UpdateSpec(
                update.groups().groups(),
                update.rule().states(),
                frozen,
                clips.stream().map(RuleUse::described).toList(),
                optimizer.described(),
                String.join("\n", update.rule().equations()));
        return Optional.of(new Lowered(spec, programs(update)));
    }

    private Map<ProgramRole, Program> programs(Update update) {
        var programs = new EnumMap<ProgramRole, Program>(ProgramRole.class);
        programs.put(ProgramRole.UPDATE, update.program());
        if (update.rule().hasLookAhead()) {
            programs.put(ProgramRole.LOOK_AHEAD, lookAhead(update.groups()));
        }
        return programs;
    }

    /**
     * @param reducesParameters whether something like `norm(g)` was taken of each group, where each parameter is meant
     */
    private record Update(
            ParameterGroups groups, RuleLowering rule, Program program, boolean reducesParameters, boolean fulfilled) {}

    private Update update(ParameterGroups groups) {
        Elaboration elaboration = elaborations.apply("update");
        var lowering = new ExpressionLowering(elaboration);
        List<GroupState> states = groups.groups().stream().map(GroupState::new).toList();
        for (GroupState state : states) {
            state.readParameter(elaboration);
            state.readGradient(elaboration);
        }
        boolean fulfilled = true;
        for (RuleUse clip : clips) {
            List<Map<String, Setting>> numbers =
                    states.stream().map(_ -> clip.numbers()).toList();
            fulfilled &= new RuleLowering(clip, states, numbers, false, lowering).lower();
        }
        var rule = new RuleLowering(optimizer, states, groups.settings(), false, lowering);
        fulfilled &= rule.lower();
        states.forEach(state -> write(state, rule.states(), elaboration));
        return new Update(groups, rule, elaboration.builder().build(), elaboration.reducesSingly(), fulfilled);
    }

    private Program lookAhead(ParameterGroups groups) {
        Elaboration elaboration = elaborations.apply("lookAhead");
        List<GroupState> states = groups.groups().stream().map(GroupState::new).toList();
        states.forEach(state -> state.readParameter(elaboration));
        new RuleLowering(optimizer, states, groups.settings(), true, new ExpressionLowering(elaboration)).lower();
        states.forEach(state -> writeParameter(state, elaboration));
        return elaboration.builder().build();
    }

    private static void write(GroupState state, List<StateSpec> states, Elaboration elaboration) {
        writeParameter(state, elaboration);
        for (StateSpec spec : states) {
            if (spec.group().equals(state.group())) {
                var read = new Op.Read(Op.Storage.STATE, spec.path(), state.type());
                write(Output.Sink.STATE, read, state.value(spec.name()), elaboration);
            }
        }
    }

    private static void writeParameter(GroupState state, Elaboration elaboration) {
        var read = new Op.Read(Op.Storage.PARAMETER, state.group().name(), state.type());
        write(Output.Sink.PARAMETER, read, state.value(GroupState.PARAMETER), elaboration);
    }

    /** What is still as it was read needs no write. */
    private static void write(Output.Sink sink, Op.Read read, Value.Tensor value, Elaboration elaboration) {
        if (!elaboration.builder().instruction(value.id()).op().equals(read)) {
            elaboration.builder().output(sink, read.name(), value.id());
        }
    }
}
