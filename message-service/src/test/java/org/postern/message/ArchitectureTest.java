package org.postern.message;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArchitectureTest {
    private static final String ROOT = "org.postern.message";
    private static final String[] CONCEPTS = rooms(
            "canonical",
            "deadletter",
            "digest",
            "dryrun",
            "garbage",
            "intake",
            "judgement",
            "ledger",
            "outbox",
            "outlet",
            "policy",
            "quarantine",
            "rebuild",
            "reception",
            "rendition",
            "stamp",
            "verdict",
            "waiting",
            "webhook",
            "withdrawal");
    private static final JavaClasses SERVICE = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(ROOT);

    @Test
    void theCoreKnowsNoTechnology() {
        classes()
                .that()
                .resideInAnyPackage(with(CONCEPTS, ROOT))
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(with(
                        CONCEPTS,
                        ROOT,
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
                        "org.postern.outbound"))
                .check(SERVICE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "postgres",
                "kafka",
                "rest",
                "http,jmap",
                "jmap",
                "yaml",
                "smtp",
                "milter",
                "mtahooks",
                "letter",
                "health",
                "metrics,milter,mtahooks",
                "siem"
            })
    void nobodyKnowsAnAdapterButTheWiringAndWhoIsBuiltOnIt(String adapter) {
        String[] known = adapter.split(",");

        noClasses()
                .that()
                .resideOutsideOfPackages(with(rooms(known), rooms("wiring")))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(rooms(known[0]))
                .check(SERVICE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "java.sql..:postgres,health,wiring",
                "org.apache.kafka..:kafka",
                "jakarta.ws.rs..:rest",
                "java.net.http..:http",
                "io.micrometer..:metrics,wiring",
                "io.vertx..:http,jmap,mtahooks,rest,wiring"
            })
    void aTechnologyStaysInItsAdapter(String rule) {
        String[] parts = rule.split(":");

        noClasses()
                .that()
                .resideOutsideOfPackages(rooms(parts[1].split(",")))
                .should()
                .dependOnClassesThat()
                .resideInAPackage(parts[0])
                .check(SERVICE);
    }

    @Test
    void theDeskKnowsNoProtocol() {
        classes()
                .that()
                .resideInAnyPackage(rooms("desk"))
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(with(
                        rooms(
                                "desk",
                                "intake",
                                "judgement",
                                "ledger",
                                "policy",
                                "reception",
                                "stamp",
                                "verdict",
                                "waiting"),
                        ROOT,
                        "java..",
                        "org.jboss.logging",
                        "org.jspecify..",
                        "org.postern.events",
                        "org.postern.events.mail",
                        "org.postern.outbound",
                        "org.postern.store"))
                .check(SERVICE);
    }

    @Test
    void theRootKnowsNoRoom() {
        classes()
                .that()
                .resideInAPackage(ROOT)
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(ROOT, "java.lang..", "java.time..", "java.util..", "org.jspecify..")
                .check(SERVICE);
    }

    @Test
    void roomsFormNoCycle() {
        slices().matching(ROOT + ".(*)..").should().beFreeOfCycles().check(SERVICE);
    }

    private static String[] rooms(String... names) {
        return Arrays.stream(names).map(name -> ROOT + "." + name).toArray(String[]::new);
    }

    private static String[] with(String[] some, String... more) {
        return Stream.of(some, more).flatMap(Arrays::stream).toArray(String[]::new);
    }
}
