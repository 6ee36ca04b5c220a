package org.postern.store;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    private final JavaClasses room = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("org.postern.store");

    @Test
    void the_room_knows_the_contract_the_cipher_and_json_alone() {
        classes()
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "java..",
                        "javax.crypto..",
                        "org.jspecify..",
                        "org.postern.events..",
                        "org.postern.store..",
                        "com.google.crypto.tink..",
                        "com.fasterxml.jackson..")
                .check(room);
    }

    @Test
    void the_port_does_not_know_its_adapters() {
        noClasses()
                .that()
                .resideInAPackage("org.postern.store")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("..filesystem..", "..reference..")
                .check(room);
    }
}
