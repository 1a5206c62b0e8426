package org.descentlang.runtime.training;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.descentlang.description.TrainingDescription;
import org.descentlang.runtime.UserText;
import org.descentlang.runtime.file.CheckedInput;
import org.descentlang.runtime.training.RunState.Value;
import org.descentlang.runtime.training.RunStateFile.Kind;

/** Reads the state of a run that nobody vouches for; its format is that of {@link RunStateFile}. */
final class RunStateReader {
    private static final int MOST_HEADER_BYTES = 16 << 20;
    private static final Pattern LINE = Pattern.compile("(\\w+) ([0-9]{1,10}) (\\S+)");

    private final CheckedInput input;
    private final TrainingDescription description;

    private record Entry(Kind kind, int count, String name) {}

    /** @param name of the file, for messages */
    RunStateReader(String name, FileChannel file, TrainingDescription description) {
        input = new CheckedInput(name, file);
        this.description = description;
    }

    RunState read() throws IOException {
        List<Entry> entries = entries();
        checkLength(entries);
        entries.forEach(this::checkRoom);
        var state = new RunState();
        for (Entry entry : entries) {
            state.put(entry.name, value(entry));
        }
        input.requireChecksum();
        return state;
    }

    private List<Entry> entries() throws IOException {
        if (input.size() < RunStateFile.PREFIX) {
            throw input.damaged("it is too short for the state of a run");
        }
        ByteBuffer prefix = input.next(RunStateFile.PREFIX);
        byte[] magic = new byte[RunStateFile.MAGIC.length];
        prefix.get(magic);
        if (!Arrays.equals(magic, RunStateFile.MAGIC)) {
            throw input.damaged("it is not the state of a run");
        }
        int version = prefix.getInt();
        if (version != RunStateFile.VERSION) {
            throw input.damaged(
                    "its format is version " + version + ", but this Descent reads version " + RunStateFile.VERSION);
        }
        int length = prefix.getInt();
        if (length < 0 || length > MOST_HEADER_BYTES || length > input.size() - RunStateFile.PREFIX) {
            throw input.damaged("its header claims " + Integer.toUnsignedString(length) + " bytes");
        }
        byte[] text = new byte[length];
        input.next(length).get(text);
        var entries = new ArrayList<Entry>();
        Set<String> names = new HashSet<>();
        new String(text, StandardCharsets.UTF_8).lines().map(this::entry).forEach(entry -> {
            if (!names.add(entry.name)) {
                throw input.damaged("it has " + UserText.name(entry.name) + " twice");
            }
            entries.add(entry);
        });
        return entries;
    }

    private Entry entry(String line) {
        Matcher matcher = LINE.matcher(line);
        if (!matcher.matches()) {
            throw input.damaged("its header is damaged");
        }
        Kind kind = Stream.of(Kind.values())
                .filter(known -> known.text().equals(matcher.group(1)))
                .findFirst()
                .orElseThrow(() -> input.damaged("its header is damaged"));
        long count = Long.parseLong(matcher.group(2));
        if (count > Integer.MAX_VALUE) {
            throw input.damaged("its header is damaged");
        }
        return new Entry(kind, (int) count, matcher.group(3));
    }

    private void checkLength(List<Entry> entries) throws IOException {
        long bytes = 0;
        for (Entry entry : entries) {
            bytes += (long) entry.count * entry.kind.bytes();
        }
        input.requireRest(bytes);
    }

    /** What a step keeps is as large as the training's own. */
    private void checkRoom(Entry entry) {
        boolean fits = entry.kind != Kind.FLOAT
                || Stream.of(StepArray.values()).anyMatch(array -> array.count(description) == entry.count);
        if (!fits) {
            throw input.damaged("it does not belong to %s: nothing there has %,d numbers, as %s does"
                    .formatted(description.name(), entry.count, UserText.name(entry.name)));
        }
    }

    private Value value(Entry entry) throws IOException {
        return switch (entry.kind) {
            case LONG -> {
                long[] values = new long[entry.count];
                for (int i = 0; i < values.length; i++) {
                    values[i] = input.next(Long.BYTES).getLong();
                }
                yield new Value.Longs(values);
            }
            case DOUBLE -> {
                double[] values = new double[entry.count];
                for (int i = 0; i < values.length; i++) {
                    values[i] = input.next(Double.BYTES).getDouble();
                }
                yield new Value.Doubles(values);
            }
            case FLOAT -> new Value.Floats(input.floats(entry.count));
            case TEXT -> {
                byte[] values = new byte[entry.count];
                input.next(entry.count).get(values);
                yield new Value.Text(values);
            }
        };
    }
}
