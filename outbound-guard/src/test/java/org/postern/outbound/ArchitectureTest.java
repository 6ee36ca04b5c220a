package org.postern.outbound;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("org.postern.outbound");

    @Test
    void theGuardNeedsNothingButThePlatform() {
        ArchRuleDefinition.classes()
                .that()
                .resideInAPackage("org.postern.outbound")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "java.lang..", "java.net", "java.time", "java.util..", "org.jspecify..", "org.postern.outbound")
                .check(CLASSES);
    }

    @Test
    void itsRequestsNeedVertxBesidesAndNothingElse() {
        ArchRuleDefinition.classes()
                .that()
                .resideInAPackage("org.postern.outbound.vertx")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "java.lang..",
                        "java.net",
                        "io.vertx.core..",
                        "org.jspecify..",
                        "org.postern.outbound",
                        "org.postern.outbound.vertx")
                .check(CLASSES);
    }
}
