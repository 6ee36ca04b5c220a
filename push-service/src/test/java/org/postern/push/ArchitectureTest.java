package org.postern.push;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArchitectureTest {
    private static final String ROOT = "org.postern.push";
    private static final JavaClasses SERVICE = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(ROOT);

    @ParameterizedTest
    @ValueSource(strings = {"", ".account", ".subscription", ".delivery", ".stream"})
    void theCoreKnowsNoTechnology(String concept) {
        classes()
                .that()
                .resideInAPackage(ROOT + concept)
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "java.lang..",
                        "java.nio.charset",
                        "java.security",
                        "java.time..",
                        "java.util..",
                        "javax.crypto..",
                        "com.fasterxml.jackson.annotation",
                        "org.jspecify..",
                        "org.postern.events",
                        "org.postern.events.mail",
                        "org.postern.events.push",
                        "org.postern.events.identity",
                        ROOT,
                        ROOT + ".account",
                        ROOT + ".subscription",
                        ROOT + ".delivery",
                        ROOT + ".stream")
                .check(SERVICE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "postgres",
                "kafka",
                "eventsource",
                "webpush",
                "firebase",
                "metrics",
                "health",
                "tink",
                "corretto"
            })
    void nobodyKnowsAnAdapterButTheWiring(String adapter) {
        noClasses()
                .that()
                .resideOutsideOfPackages(ROOT + "." + adapter, ROOT + ".wiring")
                .should()
                .dependOnClassesThat()
                .resideInAPackage(ROOT + "." + adapter)
                .check(SERVICE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "java.sql..:postgres,health,wiring",
                "org.apache.kafka..:kafka",
                "jakarta.ws.rs..:rest,eventsource",
                "com.zerodeplibs..:webpush",
                "com.google.firebase..:firebase",
                "io.vertx..:webpush,eventsource,wiring",
                "io.micrometer..:metrics,wiring",
                "com.google.crypto..:tink",
                "com.amazon.corretto..:corretto"
            })
    void aTechnologyStaysInItsAdapter(String rule) {
        String[] parts = rule.split(":");
        noClasses()
                .that()
                .resideOutsideOfPackages(Arrays.stream(parts[1].split(","))
                        .map(adapter -> ROOT + "." + adapter)
                        .toArray(String[]::new))
                .should()
                .dependOnClassesThat()
                .resideInAPackage(parts[0])
                .check(SERVICE);
    }
}
