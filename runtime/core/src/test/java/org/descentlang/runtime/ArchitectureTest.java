package org.descentlang.runtime;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    private static final String RUNTIME = "org.descentlang.runtime";
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(RUNTIME);

    @Test
    void dependsOnTheJdkAndFastCsvOnly() {
        classes()
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "java..",
                        "jdk.incubator.vector",
                        "org.jspecify..",
                        "de.siegmar.fastcsv..",
                        RUNTIME + "..",
                        "org.descentlang.description")
                .check(CLASSES);
    }

    @Test
    void readsCsvInDataOnly() {
        noClasses()
                .that()
                .resideOutsideOfPackage(RUNTIME + ".data")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("de.siegmar.fastcsv..")
                .check(CLASSES);
    }

    @Test
    void usesTheVectorApiInOnePackageOnly() {
        noClasses()
                .that()
                .resideOutsideOfPackage(RUNTIME + ".kernel.vector")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("jdk.incubator.vector")
                .check(CLASSES);
    }

    @Test
    void hasNoCycles() {
        slices().matching(RUNTIME + ".(**)").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void keepsTheKernelsOffEverythingElse() {
        noClasses()
                .that()
                .resideInAnyPackage(RUNTIME + ".kernel..", RUNTIME + ".thread", RUNTIME + ".random")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(RUNTIME + ".data", RUNTIME + ".model", RUNTIME + ".training")
                .check(CLASSES);
    }
}
