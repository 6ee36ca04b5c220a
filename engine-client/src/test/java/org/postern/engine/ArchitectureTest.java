package org.postern.engine;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    private static final JavaClasses ENGINE = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("org.postern.engine");

    @Test
    void whatIsSharedKnowsNoOtherRoom() {
        noClasses()
                .should()
                .dependOnClassesThat(DescribedPredicate.describe(
                        "are of another room",
                        other -> other.getPackageName().startsWith("org.postern.")
                                && !other.getPackageName().startsWith("org.postern.engine")))
                .check(ENGINE);
    }

    @Test
    void onlyTheShutdownKnowsTheFramework() {
        noClasses()
                .that()
                .resideOutsideOfPackage("..shutdown")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.quarkus..", "jakarta..", "io.vertx..")
                .check(ENGINE);
    }
}
