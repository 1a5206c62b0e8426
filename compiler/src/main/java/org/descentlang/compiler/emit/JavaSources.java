package org.descentlang.compiler.emit;

import com.palantir.javapoet.TypeSpec;

/** Type specifications to source text. */
final class JavaSources {
    private JavaSources() {}

    static JavaFile file(String packageName, TypeSpec type) {
        var file = com.palantir.javapoet.JavaFile.builder(packageName, type)
                .skipJavaLangImports(true)
                .indent("    ")
                .build();
        String folder = packageName.isEmpty() ? "" : packageName.replace('.', '/') + "/";
        return new JavaFile(folder + type.name() + ".java", file.toString());
    }
}
