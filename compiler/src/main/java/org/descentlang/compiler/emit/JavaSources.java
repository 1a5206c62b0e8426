package org.descentlang.compiler.emit;

import com.palantir.javapoet.TypeSpec;
import java.util.regex.Pattern;
import org.descentlang.compiler.emit.text.Comments;

/** Type specifications to source text. */
final class JavaSources {
    /** Two fields: what ends in a semicolon, and what comes to one or to a value without a bracket before. */
    private static final Pattern BETWEEN_FIELDS =
            Pattern.compile("(?m)^(    (?:\\w|        ).*;)\\n\\n(?=    \\w[^(\\n]*[;=].*$)");

    private static final Pattern NUMBERS = Pattern.compile("(?m)^(    (double|int|boolean) \\w+;\\n){2,}");

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
        return NUMBERS.matcher(together).replaceAll(found -> onLines(found.group()));
    }

    private static String onLines(String declarations) {
        var lines = new StringBuilder();
        String open = "";
        for (String declaration : declarations.strip().split("\\s*;\\s*")) {
            String type = declaration.substring(0, declaration.indexOf(' '));
            String longer = open + ", " + declaration.substring(type.length() + 1);
            if (open.startsWith("    " + type + " ") && longer.length() < LINE) {
                open = longer;
            } else {
                lines.append(open).append(open.isEmpty() ? "" : ";\n");
                open = "    " + declaration;
            }
        }
        return lines.append(open).append(";\n").toString();
    }
}
