package org.descentlang.runtime.tornado;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A kernel that TornadoVM has printed as OpenCL C: statements of one operation each.
 *
 * @param dimensions of its threads
 * @param writes how many bytes apart, in each dimension, neighbouring threads write: one line a store
 */
record PrintedKernel(String name, int dimensions, List<List<Long>> writes) {
    private static final Pattern KERNEL = Pattern.compile("__kernel void (\\w+)\\(.*?\\n}  //  kernel", Pattern.DOTALL);
    private static final Pattern ASSIGNMENT = Pattern.compile("(\\w+)  =  (.*);");
    private static final Pattern ID = Pattern.compile("get_global_id\\((\\d)\\)");
    private static final Pattern SIZE = Pattern.compile("get_global_size\\((\\d)\\)");
    private static final Pattern STORE = Pattern.compile("\\*\\(\\(__global \\w+ \\*\\) (\\w+)\\)  =  .*;");
    private static final Pattern CAST = Pattern.compile("\\((?:long|ulong|int)\\) (\\w+)");
    private static final Pattern INFIX = Pattern.compile("(\\w+) ([-+*]|<<) (\\w+)");
    private static final long[] NOWHERE = new long[3];

    static List<PrintedKernel> all(String text) {
        return KERNEL.matcher(text)
                .results()
                .map(found -> read(found.group(1), found.group()))
                .toList();
    }

    /**
     * Of a variable that is assigned twice, as loops do, the first value counts: the next is one more of the same
     * thread.
     */
    private static PrintedKernel read(String name, String text) {
        Map<String, long[]> values = new HashMap<>();
        var writes = new ArrayList<List<Long>>();
        for (String line : text.lines().map(String::strip).toList()) {
            Matcher store = STORE.matcher(line);
            Matcher assignment = ASSIGNMENT.matcher(line);
            if (store.matches()) {
                writes.add(Arrays.stream(values.get(store.group(1))).boxed().toList());
            } else if (assignment.matches()) {
                values.putIfAbsent(assignment.group(1), apart(assignment.group(2), values));
            }
        }
        int dimensions = (int) SIZE.matcher(text)
                .results()
                .map(found -> found.group(1))
                .distinct()
                .count();
        return new PrintedKernel(name, dimensions, writes);
    }

    /** By how much an expression differs between neighbours in each dimension. */
    private static long[] apart(String expression, Map<String, long[]> values) {
        Matcher id = ID.matcher(expression);
        if (id.matches()) {
            long[] one = new long[3];
            one[Integer.parseInt(id.group(1))] = 1;
            return one;
        }
        Matcher cast = CAST.matcher(expression);
        if (cast.matches()) {
            return values.getOrDefault(cast.group(1), NOWHERE);
        }
        Matcher infix = INFIX.matcher(expression);
        return infix.matches() ? infix(infix, values) : values.getOrDefault(expression, NOWHERE);
    }

    private static long[] infix(Matcher infix, Map<String, long[]> values) {
        long[] left = values.getOrDefault(infix.group(1), NOWHERE);
        long[] right = values.getOrDefault(infix.group(3), NOWHERE);
        long[] result = new long[3];
        for (int i = 0; i < result.length; i++) {
            result[i] = switch (infix.group(2)) {
                case "+" -> left[i] + right[i];
                case "-" -> left[i] - right[i];
                case "<<" -> left[i] << literal(infix.group(3));
                // A product with something that is no literal, such as the rows at hand, is far away.
                default -> left[i] * literal(infix.group(3)) + right[i] * literal(infix.group(1));
            };
        }
        return result;
    }

    private static long literal(String text) {
        String digits = text.replace("L", "");
        return digits.chars().allMatch(Character::isDigit) ? Long.parseLong(digits) : 1_000_000;
    }
}
