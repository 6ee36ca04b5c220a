package org.postern.gateway;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    private final JavaClasses gateway = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("org.postern.gateway");

    @Test
    void tokens_and_revocations_know_json_and_no_framework() {
        classes()
                .that()
                .resideInAnyPackage("org.postern.gateway.token", "org.postern.gateway.revocation")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "java..",
                        "org.jspecify..",
                        "com.fasterxml.jackson..",
                        "org.postern.events..",
                        "org.postern.edge.revocation",
                        "org.postern.gateway.token",
                        "org.postern.gateway.revocation")
                .check(gateway);
    }

    @Test
    void quotas_know_their_buckets_and_not_where_others_keep_theirs() {
        classes()
                .that()
                .resideInAPackage("org.postern.gateway.limit")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "java..",
                        "org.jspecify..",
                        "com.github.benmanes.caffeine..",
                        "io.github.bucket4j",
                        "io.github.bucket4j.local",
                        "org.postern.gateway.limit")
                .check(gateway);
    }

    @Test
    void the_root_and_the_routes_know_no_framework() {
        classes()
                .that()
                .resideInAnyPackage("org.postern.gateway", "org.postern.gateway.route")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "java..",
                        "org.jspecify..",
                        "org.postern.gateway",
                        "org.postern.gateway.route",
                        "org.postern.edge.caller..")
                .check(gateway);
    }

    @Test
    void no_two_packages_need_each_other() {
        slices().matching("org.postern.gateway.(**)").should().beFreeOfCycles().check(gateway);
    }
}
