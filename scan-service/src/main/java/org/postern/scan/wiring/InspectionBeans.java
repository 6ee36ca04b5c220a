package org.postern.scan.wiring;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.postern.mime.Limits;
import org.postern.scan.archive.PackedFormat;
import org.postern.scan.archive.RarFormat;
import org.postern.scan.archive.SevenZipFormat;
import org.postern.scan.archive.TapeFormat;
import org.postern.scan.archive.ZipFormat;
import org.postern.scan.config.InspectionConfig;
import org.postern.scan.inspection.FormatReader;
import org.postern.scan.inspection.InspectionLimits;
import org.postern.scan.inspection.InspectionPolicy;
import org.postern.scan.inspection.Spool;
import org.postern.scan.inspection.Tools;
import org.postern.scan.mail.MailFormat;
import org.postern.scan.office.FlatOpenDocumentFormat;
import org.postern.scan.office.OleFormat;
import org.postern.scan.office.RtfFormat;
import org.postern.scan.office.TnefFormat;
import org.postern.scan.pdf.PdfFormat;
import org.postern.scan.tika.TikaTypeDetector;
import org.postern.scan.web.PageFormat;
import org.postern.scan.yaml.PolicyFile;

/** The parts of the own look inside. */
@ApplicationScoped
public class InspectionBeans {
    private static final String POLICY = "/inspection-policy.yaml";

    @Produces
    @Singleton
    Spool spool(InspectionConfig config) throws IOException {
        // Not shared: an instance empties its own at start.
        return Spool.in(config.spool().isPresent() ? config.spool().get() : Files.createTempDirectory("postern-scan"));
    }

    @Produces
    @Singleton
    Tools tools(InspectionConfig config, Spool spool) throws IOException {
        return tools(policy(config), limits(config), spool);
    }

    private static Tools tools(InspectionPolicy policy, InspectionLimits limits, Spool spool) {
        MailFormat mails = new MailFormat(Limits.defaults());
        List<FormatReader> readers = List.of(
                new ZipFormat(),
                new SevenZipFormat(),
                new TapeFormat(),
                new PackedFormat(),
                new RarFormat(),
                new OleFormat(),
                new TnefFormat(),
                new RtfFormat(),
                new FlatOpenDocumentFormat(),
                new PdfFormat(),
                mails,
                new PageFormat());
        return new Tools(new TikaTypeDetector(), mails, readers, policy, limits, spool);
    }

    /** The look inside with the policy that comes with the service, and other limits. */
    public static Tools standard(InspectionLimits limits, Path spool) throws IOException {
        try (InputStream file = standardPolicy()) {
            return tools(PolicyFile.read(file, Set.of()), limits, Spool.in(spool));
        }
    }

    private static InspectionPolicy policy(InspectionConfig config) throws IOException {
        try (InputStream file = config.policy().isPresent()
                ? Files.newInputStream(config.policy().get())
                : standardPolicy()) {
            return PolicyFile.read(file, config.engineOpens().orElse(Set.of()));
        }
    }

    private static InputStream standardPolicy() {
        return Objects.requireNonNull(InspectionBeans.class.getResourceAsStream(POLICY), POLICY);
    }

    private static InspectionLimits limits(InspectionConfig config) {
        return new InspectionLimits(
                config.depth(),
                config.entries(),
                config.partsListed(),
                config.unpacked().asLongValue(),
                config.ratio(),
                config.ratioFrom().asLongValue(),
                Math.toIntExact(config.held().asLongValue()),
                config.time());
    }
}
