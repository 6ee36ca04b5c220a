package org.postern.spam;

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
    private static final String ROOT = "org.postern.spam";
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

    @ParameterizedTest
    @ValueSource(strings = {"rspamd", "kafka", "postgres", "rest", "health", "metrics", "config"})
    void anAdapterKnowsTheCoreAndNoOtherAdapter(String adapter) {
        String own = ROOT + "." + adapter + "..";
        String configuration = ROOT + ".config..";

        classes()
                .that()
                .resideInAPackage(own)
                .should()
                .onlyDependOnClassesThat(DescribedPredicate.or(
                        Predicates.resideOutsideOfPackage(ROOT + ".*.."),
                        Predicates.resideInAnyPackage(own, configuration)))
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
