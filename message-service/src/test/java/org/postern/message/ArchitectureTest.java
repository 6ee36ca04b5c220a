package org.postern.message;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArchitectureTest {
    private static final String ROOT = "org.postern.message";
    private static final JavaClasses SERVICE = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(ROOT);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ".intake",
                ".policy",
                ".judgement",
                ".stamp",
                ".quarantine",
                ".digest",
                ".outlet",
                ".webhook",
                ".garbage",
                ".rebuild",
                ".deadletter",
                ".withdrawal",
                ".canonical"
            })
    void theCoreKnowsNoTechnology(String concept) {
        ArchRuleDefinition.classes()
                .that()
                .resideInAPackage(ROOT + concept)
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "java.io",
                        "java.lang..",
                        "java.net",
                        "java.nio..",
                        "java.security",
                        "java.time..",
                        "java.util..",
                        "javax.crypto..",
                        "org.jspecify..",
                        "org.postern.events",
                        "org.postern.events.codec",
                        "org.postern.events.mail",
                        "org.postern.store",
                        "org.postern.outbound",
                        ROOT,
                        ROOT + ".intake",
                        ROOT + ".policy",
                        ROOT + ".judgement",
                        ROOT + ".stamp",
                        ROOT + ".quarantine",
                        ROOT + ".digest",
                        ROOT + ".outlet",
                        ROOT + ".webhook",
                        ROOT + ".garbage",
                        ROOT + ".rebuild",
                        ROOT + ".deadletter",
                        ROOT + ".withdrawal",
                        ROOT + ".canonical")
                .check(SERVICE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "postgres",
                "kafka",
                "rest",
                "http",
                "jmap",
                "yaml",
                "smtp",
                "milter",
                "mtahooks",
                "letter",
                "health",
                "metrics",
                "siem",
                "config"
            })
    void nobodyKnowsAnAdapterButTheWiring(String adapter) {
        if (adapter.equals("config")) {
            // What is configured may be read where it is used, in the adapters.
            noClasses()
                    .that()
                    .resideInAnyPackage(ROOT, ROOT + ".desk", ROOT + ".intake", ROOT + ".policy", ROOT + ".judgement")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage(ROOT + ".config")
                    .check(SERVICE);
            return;
        }
        noClasses()
                .that()
                .resideOutsideOfPackages(
                        // JMAP is spoken over HTTP.
                        ROOT + "." + adapter,
                        ROOT + ".wiring",
                        adapter.equals("http") ? ROOT + ".jmap" : ROOT + ".wiring")
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
                "jakarta.ws.rs..:rest",
                "java.net.http..:http",
                "io.micrometer..:metrics,milter,mtahooks,wiring",
                "io.vertx..:http,jmap,mtahooks,rest,wiring"
            })
    void aTechnologyStaysInItsAdapter(String rule) {
        String[] parts = rule.split(":");
        String[] adapters = java.util.Arrays.stream(parts[1].split(","))
                .map(adapter -> ROOT + "." + adapter)
                .toArray(String[]::new);

        noClasses()
                .that()
                .resideOutsideOfPackages(adapters)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(parts[0])
                .check(SERVICE);
    }

    @Test
    void theDeskKnowsNoProtocol() {
        ArchRuleDefinition.classes()
                .that()
                .resideInAPackage(ROOT + ".desk")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "java..",
                        "org.jboss.logging",
                        "org.jspecify..",
                        "org.postern.events",
                        "org.postern.events.mail",
                        "org.postern.outbound",
                        "org.postern.store",
                        ROOT,
                        ROOT + ".desk",
                        ROOT + ".intake",
                        ROOT + ".judgement",
                        ROOT + ".policy",
                        ROOT + ".stamp")
                .check(SERVICE);
    }

    @Test
    void packagesFormNoCycle() {
        slices().matching(ROOT + ".(*)..").should().beFreeOfCycles().check(SERVICE);
    }
}
