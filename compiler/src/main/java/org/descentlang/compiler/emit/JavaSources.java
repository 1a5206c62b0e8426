package org.descentlang.compiler.emit;

import com.palantir.javapoet.TypeSpec;
import java.util.regex.Pattern;
import org.descentlang.compiler.emit.text.Comments;

/** Type specifications to source text. */
final class JavaSources {
    private static final Pattern BETWEEN_FIELDS =
            Pattern.compile("(?m)^(    private [^\\n]*;)\\n\\n(?=    private [^\\n]*;$)");

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

    /** JavaPoet leaves a line empty between fields. Those without a comment stand together. */
    private static String withFieldsTogether(String text) {
        return BETWEEN_FIELDS.matcher(text).replaceAll("$1\n");
    }
}
