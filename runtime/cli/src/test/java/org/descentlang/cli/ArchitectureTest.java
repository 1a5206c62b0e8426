package org.descentlang.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("org.descentlang");

    @Test
    void compilerAndRuntimeMeetOnlyHere() {
        noClasses()
                .that()
                .resideInAPackage("org.descentlang.compiler..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.descentlang.runtime..", "org.descentlang.cli..")
                .check(CLASSES);
        noClasses()
                .that()
                .resideInAPackage("org.descentlang.runtime..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.descentlang.compiler..", "org.descentlang.cli..")
                .check(CLASSES);
    }

    /** Grammar, compiler, runtime and command together. */
    @Test
    void noPackagesGoRoundInCircles() {
        slices().matching("org.descentlang.(**)").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void theCommandKnowsNeitherGrammarNorJavaPoet() {
        noClasses()
                .that()
                .resideInAPackage("org.descentlang.cli..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "org.antlr..",
                        "com.palantir..",
                        "org.descentlang.grammar..",
                        "..compiler.parse..",
                        "..compiler.lower..")
                .check(CLASSES);
    }

    @Test
    void onlyMainEndsTheProcess() {
        noClasses()
                .that()
                .resideInAPackage("org.descentlang.cli..")
                .and()
                .doNotHaveFullyQualifiedName(Main.class.getName())
                .should()
                .callMethod(System.class, "exit", int.class)
                .check(CLASSES);
    }
}
