package org.descentlang.compiler.emit;

import com.palantir.javapoet.TypeSpec;
import org.descentlang.compiler.emit.text.Comments;

/** Type specifications to source text. */
final class JavaSources {
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
        return new JavaFile(folder + type.name() + ".java", file.toString(), vectorBits);
    }
}
