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
    void the_room_knows_the_contract_the_cipher_json_and_what_its_adapters_need() {
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
                        "com.fasterxml.jackson..",
                        "io.smallrye.config",
                        "software.amazon.awssdk..")
                .check(room);
    }

    @Test
    void the_client_of_S3_stays_in_its_adapter_and_the_configuration_at_the_edge() {
        noClasses()
                .that()
                .resideOutsideOfPackage("..s3..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("software.amazon.awssdk..")
                .check(room);
        noClasses()
                .that()
                .resideOutsideOfPackage("..config..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.smallrye..", "org.postern.store.config..")
                .check(room);
    }

    @Test
    void the_port_does_not_know_its_adapters() {
        noClasses()
                .that()
                .resideInAPackage("org.postern.store")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("..filesystem..", "..s3..", "..sealing..", "..config..", "..reference..")
                .check(room);
    }
}
