package org.postern.scan;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass.Predicates;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArchitectureTest {
    private static final String ROOT = "org.postern.scan";
    private static final JavaClasses SERVICE = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(ROOT);

    @Test
    void theCoreKnowsNoTechnology() {
        classes()
                .that()
                .resideInAPackage(ROOT)
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "java.io..",
                        "java.lang..",
                        "java.nio..",
                        "java.time..",
                        "java.util..",
                        "org.jspecify..",
                        "org.postern.engine",
                        "org.postern.events",
                        "org.postern.events.mail",
                        "org.postern.store",
                        ROOT)
                .check(SERVICE);
    }

    @Test
    void theLookInsideKnowsNoFormat() {
        classes()
                .that()
                .resideInAPackage(ROOT + ".inspection")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "java.io..",
                        "java.lang..",
                        "java.nio..",
                        "java.security..",
                        "java.time..",
                        "java.util..",
                        "org.jspecify..",
                        "org.postern.engine",
                        "org.postern.events",
                        "org.postern.events.mail",
                        "org.postern.mime",
                        ROOT,
                        ROOT + ".inspection")
                .check(SERVICE);
    }

    @Test
    void scanningAgainKnowsNoTechnology() {
        classes()
                .that()
                .resideInAPackage(ROOT + ".recall")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "java.io..",
                        "java.lang..",
                        "java.time..",
                        "java.util..",
                        "org.jspecify..",
                        "org.postern.engine",
                        "org.postern.events",
                        "org.postern.events.mail",
                        "org.postern.store",
                        ROOT,
                        ROOT + ".recall")
                .check(SERVICE);
    }

    @Test
    void onlyTheAdapterOfPostgresKnowsJdbc() {
        noClasses()
                .that()
                .resideOutsideOfPackages(ROOT + ".postgres..", ROOT + ".wiring..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.sql..", "javax.sql..", "org.flywaydb..")
                .check(SERVICE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "clamav",
                "kafka",
                "rest",
                "health",
                "metrics",
                "config",
                "tika",
                "archive",
                "office",
                "pdf",
                "mail",
                "web",
                "yaml",
                "postgres"
            })
    void anAdapterKnowsTheCoreAndNoOtherAdapter(String adapter) {
        String own = ROOT + "." + adapter + "..";
        String configuration = ROOT + ".config..";
        String inspection = ROOT + ".inspection..";
        String recall = ROOT + ".recall..";

        classes()
                .that()
                .resideInAPackage(own)
                .should()
                .onlyDependOnClassesThat(DescribedPredicate.or(
                        Predicates.resideOutsideOfPackage(ROOT + ".*.."),
                        Predicates.resideInAnyPackage(own, configuration, inspection, recall)))
                .check(SERVICE);
    }

    @Test
    void onlyTheAdapterOfKafkaKnowsKafka() {
        noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + ".kafka..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.apache.kafka..", "io.smallrye.reactive..", "org.postern.edge.kafka..")
                .check(SERVICE);
    }

    @Test
    void nobodyKnowsTheWiring() {
        noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + ".wiring..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage(ROOT + ".wiring..")
                .check(SERVICE);
    }

    @Test
    void packagesFormNoCycle() {
        slices().matching(ROOT + ".(*)..").should().beFreeOfCycles().check(SERVICE);
    }
}
