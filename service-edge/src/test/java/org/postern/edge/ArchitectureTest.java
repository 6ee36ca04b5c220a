package org.postern.edge;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass.Predicates;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    private static final JavaClasses EDGE = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("org.postern.edge");

    @Test
    void whatIsSharedKnowsNoService() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "org.postern.message..",
                        "org.postern.scan..",
                        "org.postern.spam..",
                        "org.postern.render..",
                        "org.postern.push..",
                        "org.postern.gateway..",
                        "org.postern.store..",
                        "org.postern.mime..")
                .check(EDGE);
    }

    @Test
    void onlyTheAdaptersOfKafkaKnowIt() {
        noClasses()
                .that()
                .resideOutsideOfPackage("..kafka")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.apache.kafka..", "io.smallrye.reactive.messaging..")
                .check(EDGE);
    }

    @Test
    void theCapabilitiesNeedOfOneAnotherOnlyRefusalsTracesAndSettings() {
        SlicesRuleDefinition.slices()
                .matching("org.postern.edge.(*)..")
                .should()
                .notDependOnEachOther()
                .ignoreDependency(
                        DescribedPredicate.alwaysTrue(),
                        Predicates.resideInAnyPackage(
                                "org.postern.edge.problem..",
                                "org.postern.edge.tracing..",
                                "org.postern.edge.config.."))
                .check(EDGE);
    }
}
