package org.descentlang.maven;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    private static final JavaClasses PLUGIN = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("org.descentlang.maven");

    @Test
    void linksNoOtherModule() {
        noClasses()
                .should()
                .dependOnClassesThat(
                        resideInAPackage("org.descentlang..").and(not(resideInAPackage("org.descentlang.maven.."))))
                .because("Maven may run on a JVM that cannot load them")
                .check(PLUGIN);
    }

    @Test
    void noPackagesGoRoundInCircles() {
        slices().matching("org.descentlang.(**)").should().beFreeOfCycles().check(PLUGIN);
    }

    @Test
    void onlyTheGoalsKnowMaven() {
        noClasses()
                .that()
                .resideInAnyPackage("org.descentlang.maven.command..", "org.descentlang.maven.compile..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.apache.maven..", "org.codehaus.plexus..", "javax.inject..")
                .check(PLUGIN);
    }

    @Test
    void theCommandKnowsNothingOfItsCallers() {
        noClasses()
                .that()
                .resideInAPackage("org.descentlang.maven.command..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.descentlang.maven", "org.descentlang.maven.compile..")
                .check(PLUGIN);
    }
}
