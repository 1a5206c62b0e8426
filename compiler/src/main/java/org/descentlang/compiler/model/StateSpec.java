package org.descentlang.compiler.model;

/** A state of the update rule for one group: `v@weights`; as long as the group. */
public record StateSpec(String name, UpdateGroup group, double initial) {
    public String path() {
        return name + "@" + group.name();
    }
}
