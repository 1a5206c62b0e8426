package org.descentlang.compiler;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.io.File;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.FileReader;
import java.io.FileWriter;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Which package of the compiler may know which: everything points from what comes later to what comes earlier. */
final class ArchitectureTest {
    private static final String ROOT = "org.descentlang.compiler";
    private static final JavaClasses COMPILER = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(ROOT);

    @Test
    void theClassesAreThere() {
        assertThat(COMPILER.contain(ROOT + ".ir.Program")).isTrue();
        assertThat(COMPILER.contain(ROOT + ".ArchitectureTest")).isFalse();
    }

    @Test
    void noPackagesGoRoundInCircles() {
        check(slices().matching("org.descentlang.(**)").should().beFreeOfCycles());
    }

    @Test
    void onlyParseKnowsAntlr() {
        check(noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + ".parse..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.antlr..", "org.descentlang.grammar.."));
    }

    @Test
    void onlyEmitKnowsJavaPoet() {
        check(noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + ".emit..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("com.palantir.javapoet.."));
    }

    @Test
    void nothingKnowsTheRuntime() {
        check(noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.descentlang.runtime..", "org.descentlang.cli..", "org.descentlang.maven.."));
    }

    /** The standard library is a resource, read as a stream. To name `Path` in generated code is not to use it. */
    @Test
    void nothingOpensFiles() {
        check(usesFiles());
        for (Class<?> type : new Class<?>[] {
            File.class,
            FileInputStream.class,
            FileOutputStream.class,
            FileReader.class,
            FileWriter.class,
            RandomAccessFile.class
        }) {
            check(noClasses().should().dependOnClassesThat().areAssignableTo(type));
        }
    }

    @Test
    void whatUsesFilesIsSeen() {
        JavaClasses offender = new ClassFileImporter().importClasses(Offender.class);
        assertThat(usesFiles().evaluate(offender).hasViolation()).isTrue();
    }

    static final class Offender {
        static boolean exists(Path path) {
            return Files.exists(path);
        }
    }

    private static ArchRule usesFiles() {
        return noClasses().should().accessClassesThat().resideInAPackage("java.nio.file..");
    }

    @Test
    void sourceAndTypesStandAlone() {
        knowsOnly("source");
        knowsOnly("type");
        knowsOnly("diagnostic", "source");
        knowsOnly("ast", "source");
        knowsOnly("names", "ast", "diagnostic", "source");
    }

    /** Nothing of where instructions come from or where they go. */
    @Test
    void theTensorProgramKnowsNothingOfTheLanguage() {
        knowsOnly("ir", "source", "type");
        knowsOnly("op", "ir", "type");
        knowsOnly("autodiff", "ir", "op", "pass", "source", "type");
        knowsOnly("pass", "ir", "op", "source", "type");
    }

    @Test
    void theFrontEndKnowsNothingOfPlansAndJava() {
        check(noClasses()
                .that()
                .resideInAnyPackage(in("parse", "names", "check", "lower", "train", "model"))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(in("plan", "emit")));
    }

    @Test
    void plansKnowNothingOfTheTextAndOfJava() {
        check(noClasses()
                .that()
                .resideInAPackage(ROOT + ".plan..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(in("parse", "names", "check", "lower", "train", "emit")));
        check(noClasses()
                .that()
                .resideInAPackage(ROOT + ".emit..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(in("parse", "names", "check", "lower", "train", "autodiff", "pass")));
    }

    @Test
    void theReferenceRunKnowsNothingOfPlansAndJava() {
        knowsOnly("layout", "model", "ast", "ir", "source", "type");
        knowsOnly("reference", "layout", "model", "ir", "op", "pass", "source", "type");
    }

    /** Statements first, then kernels of them, then the methods that call kernels, then the classes. */
    @Test
    void whatIsEmittedIsBuiltInLayers() {
        String[] before = {"ir", "op", "source", "type", "model", "plan", "emit.text"};
        knowsOnly("emit.text", before);
        knowsOnly("emit.kernel", before);
        knowsOnly("emit.device", before);
        knowsOnly("emit.program", with(before, "emit.kernel"));
    }

    private static String[] with(String[] some, String... more) {
        return Stream.concat(Arrays.stream(some), Arrays.stream(more)).toArray(String[]::new);
    }

    private static void knowsOnly(String one, String... others) {
        check(noClasses()
                .that()
                .resideInAPackage(ROOT + "." + one + "..")
                .should()
                .dependOnClassesThat(
                        resideInAPackage(ROOT + "..").and(resideOutsideOfPackages(in(with(others, one))))));
    }

    private static String[] in(String... packages) {
        return Arrays.stream(packages).map(name -> ROOT + "." + name + "..").toArray(String[]::new);
    }

    /** Packages that are still to come are no failure. */
    private static void check(ArchRule rule) {
        rule.allowEmptyShould(true).check(COMPILER);
    }
}
