package org.postern.render;

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
    private static final String ROOT = "org.postern.render";
    private static final JavaClasses SERVICE = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(ROOT);

    @Test
    void theCoreKnowsNoTechnology() {
        classes()
                .that()
                .resideInAnyPackage(
                        ROOT, ROOT + ".remote", ROOT + ".css", ROOT + ".images", ROOT + ".kept", ROOT + ".preview")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "java.io..",
                        "java.lang..",
                        "java.net", // IDN and URLDecoder alone
                        "java.nio..",
                        "java.text", // plurals of what the banner says
                        "java.time..",
                        "java.util..",
                        "org.jspecify..",
                        "com.fasterxml.jackson.annotation..",
                        "java.security", // HMAC of the addresses of images, sums of those of readers
                        "javax.crypto..",
                        "org.postern.mime",
                        "org.postern.events",
                        ROOT,
                        ROOT + ".remote",
                        ROOT + ".css",
                        ROOT + ".images",
                        ROOT + ".kept",
                        ROOT + ".preview")
                .check(SERVICE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "kafka",
                "rest",
                "owasp",
                "yaml",
                "web",
                "imageio",
                "store",
                "biweekly",
                "chromium",
                "config",
                "cleaning",
                "metrics"
            })
    void anAdapterKnowsTheCoreAndNoOtherAdapter(String adapter) {
        String own = ROOT + "." + adapter + "..";

        classes()
                .that()
                .resideInAPackage(own)
                .should()
                .onlyDependOnClassesThat(DescribedPredicate.or(
                        Predicates.resideOutsideOfPackage(ROOT + ".*.."),
                        Predicates.resideInAnyPackage(
                                own,
                                ROOT,
                                ROOT + ".remote..",
                                ROOT + ".css..",
                                ROOT + ".images..",
                                ROOT + ".kept..",
                                ROOT + ".preview..",
                                ROOT + ".config..",
                                // The gate stands behind the cleaning, and both read trees.
                                adapter.equals("owasp") ? ROOT + ".cleaning.." : own)))
                .check(SERVICE);
    }

    @Test
    void onlyWhatCleansKnowsTheParsersOfHtml() {
        noClasses()
                .that()
                .resideOutsideOfPackages(ROOT + ".owasp..", ROOT + ".cleaning..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.jsoup..", "org.owasp..")
                .check(SERVICE);
    }

    @Test
    void theCleaningDoesNotKnowWhatStandsBehindIt() {
        noClasses()
                .that()
                .resideInAPackage(ROOT + ".cleaning..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.owasp..")
                .check(SERVICE);
    }

    @Test
    void onlyWhatCountsKnowsMeters() {
        noClasses()
                .that()
                .resideOutsideOfPackages(ROOT + ".metrics..", ROOT + ".wiring..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.micrometer..")
                .check(SERVICE);
    }

    @Test
    void packagesFormNoCycle() {
        // The root names the references that the concept defines; the adapters stand around both.
        slices().matching(ROOT + ".(*)..").should().beFreeOfCycles().check(SERVICE);
    }
}
