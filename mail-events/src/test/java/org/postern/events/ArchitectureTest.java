package org.postern.events;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    private final JavaClasses room = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("org.postern.events");

    @Test
    void the_contract_knows_json_and_uuids_and_nothing_of_quarkus_or_kafka() {
        classes()
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "java..",
                        "javax.crypto..",
                        "org.jspecify..",
                        "org.postern.events..",
                        "com.fasterxml.jackson..",
                        "com.github.f4b6a3.uuid..")
                .check(room);
    }

    @Test
    void values_and_events_do_not_know_how_they_are_written() {
        noClasses()
                .that()
                .resideOutsideOfPackage("..codec..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("..codec..")
                .check(room);
    }
}
