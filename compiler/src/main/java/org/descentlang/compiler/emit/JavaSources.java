package org.descentlang.compiler.emit;

import com.palantir.javapoet.TypeSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.descentlang.compiler.emit.text.Comments;

/** Type specifications to source text. */
final class JavaSources {
    /** Two fields: what ends in a semicolon, and what comes to one or to a value without a bracket before. */
    private static final Pattern BETWEEN_FIELDS =
            Pattern.compile("(?m)^(    (?:\\w|        ).*;)\\n\\n(?=    \\w[^(\\n]*[;=].*$)");

    private static final Pattern NUMBER = Pattern.compile("(    (?:double|int|boolean) )(\\w+);");

    private static final int LINE = 100;

    private JavaSources() {}

    /**
     * @param source the file that the type is made from
     * @param vectorBits as {@link JavaFile} has it
     */
    static JavaFile file(String packageName, String source, TypeSpec type, int vectorBits) {
        var file = com.palantir.javapoet.JavaFile.builder(packageName, type)
                .addFileComment("Made by Descent from $L. Changes here are lost.", Comments.escaped(source))
                .skipJavaLangImports(true)
                .indent("    ")
                .build();
        String folder = packageName.isEmpty() ? "" : packageName.replace('.', '/') + "/";
        return new JavaFile(folder + type.name() + ".java", withFieldsTogether(file.toString()), vectorBits);
    }

    /** JavaPoet leaves a line empty between fields. Those without a comment stand together, and numbers on a line. */
    private static String withFieldsTogether(String text) {
        String together = BETWEEN_FIELDS.matcher(text).replaceAll("$1\n");
        var lines = new ArrayList<String>();
        together.lines().forEach(line -> add(line, lines));
        return String.join("\n", lines) + "\n";
    }

    private static void add(String line, List<String> lines) {
        var number = NUMBER.matcher(line);
        String last = lines.isEmpty() ? "" : lines.getLast();
        if (number.matches() && last.startsWith(number.group(1)) && last.length() + line.length() < LINE) {
            lines.set(lines.size() - 1, last.substring(0, last.length() - 1) + ", " + number.group(2) + ";");
        } else {
            lines.add(line);
        }
    }
}
