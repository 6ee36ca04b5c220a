package org.postern.scan.inspection;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postern.events.ContentHash;
import org.postern.events.MessageId;
import org.postern.events.Tenant;
import org.postern.events.TraceContext;
import org.postern.events.codec.EventCodec;
import org.postern.events.mail.EngineVersion;
import org.postern.events.mail.MailScanned;
import org.postern.events.mail.ScanFinding;
import org.postern.events.mail.ScanResult;
import org.postern.events.mail.ScanVerdict;
import org.postern.events.mail.ScannedPart;
import org.postern.events.mail.Severity;
import org.postern.scan.yaml.PolicyFile;

class PartNotesTest {
    private static final int MOST_PARTS = InspectionLimits.defaults().entriesListed();
    /** What producers send at most, in one record, unless they are told otherwise. */
    private static final int LARGEST_RECORD = 1024 * 1024;

    private PartNotes notes;

    @BeforeEach
    void open() throws IOException {
        try (InputStream file =
                Objects.requireNonNull(PartNotesTest.class.getResourceAsStream("/inspection-policy.yaml"))) {
            notes = new PartNotes(PolicyFile.read(file, Set.of()), MOST_PARTS);
        }
    }

    @Test
    void keepsNoMoreOfTheEngineThanOfItsOwn() {
        for (int i = 0; i < 1000; i++) {
            notes.scanned(infected(), "1/" + i);
        }

        assertThat(notes.seen()).hasSize(PartNotes.MOST_FINDINGS);
    }

    @Test
    void keepsTheWorstVerdictHoweverMuchCameBefore() {
        for (int i = 0; i < 1000; i++) {
            notes.found("encrypted", "1/" + i, null);
        }

        notes.scanned(infected(), "2");

        assertThat(notes.seen()).hasSize(PartNotes.MOST_FINDINGS + 1).last().satisfies(one -> {
            assertThat(one.verdict()).isEqualTo(ScanVerdict.INFECTED);
            assertThat(one.finding().part()).isEqualTo("2");
        });
    }

    @Test
    void notesNothingTwice() {
        notes.scanned(infected(), "1");
        notes.scanned(infected(), "1");
        notes.found("encrypted", "1", null);
        notes.found("encrypted", "1", null);

        assertThat(notes.seen()).hasSize(2);
    }

    @Test
    void cutsTypesThatAreNone() {
        notes.part("1", claimed("a/" + "b".repeat(5000)), null, 0, null);

        assertThat(notes.parts())
                .extracting(ScannedPart::declaredType)
                .singleElement()
                .asString()
                .hasSize(255);
    }

    @Test
    void makesNoFactThatIsTooLargeForARecord() {
        String path = "\u6f22".repeat(397);
        for (int i = 1000; i < 2000; i++) {
            notes.scanned(infected(), path + i);
            notes.part(path + i, claimed("a/" + "b".repeat(5000)), "b".repeat(100), Long.MAX_VALUE, hash());
        }

        // What is left is for the parts that the engine is asked about by themselves, 100 at most.
        assertThat(json(notes).getBytes(StandardCharsets.UTF_8).length).isLessThan(LARGEST_RECORD * 3 / 4);
    }

    private static String json(PartNotes notes) {
        ScanResult result = new ScanResult(
                ScanVerdict.INFECTED,
                null,
                null,
                notes.seen().stream().map(Seen::finding).toList(),
                EngineVersion.named("mark"),
                Duration.ZERO,
                notes.parts());
        MailScanned fact = new MailScanned(MessageId.random(), Tenant.DEFAULT, 1, result, Instant.EPOCH);
        return new EventCodec("/", Clock.systemUTC())
                .encode(fact, TraceContext.start())
                .json();
    }

    private static Label claimed(String type) {
        return Label.named("\u6f22".repeat(500)).of(type);
    }

    private static ContentHash hash() {
        return ContentHash.ofDigest(new byte[32]);
    }

    private static ScanResult infected() {
        ScanFinding finding = new ScanFinding("virus", Severity.CRITICAL, "Mark." + "b".repeat(95), null);
        return new ScanResult(
                ScanVerdict.INFECTED, null, null, List.of(finding), EngineVersion.named("mark"), Duration.ZERO);
    }
}
