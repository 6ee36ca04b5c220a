package org.postern.spam.analysis;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.postern.engine.Deadline;
import org.postern.events.mail.AssessmentResult;
import org.postern.events.mail.AuthenticationResult;
import org.postern.events.mail.Finding;
import org.postern.events.mail.MailClass;
import org.postern.events.mail.SenderAuthentication;
import org.postern.events.mail.Severity;
import org.postern.spam.Acquaintance;
import org.postern.spam.Assessor;
import org.postern.spam.Mail;
import org.postern.spam.phishing.PhishingAnalysis;
import org.postern.spam.phishing.check.Circumstances;
import org.postern.spam.phishing.view.ParsedMail;
import org.postern.spam.weighing.Weigher;
import org.postern.spam.weighing.WeightTable;

/**
 * Lets the engine and the own analysis read a mail at the same time, and weighs what both found. The mail is read once, and
 * held by nobody.
 *
 * <p>Without an answer of the engine there is none at all. A mail that the own analysis could not read to its end is at least
 * suspicious: who can break the analysis shall not pass because of it.
 */
public final class AnalysingAssessor implements Assessor {
    /** In {@code unchecked}, and the code of the finding, where the own analysis came to no end. */
    public static final String NOT_ANALYSED = "not-analysed";

    private final Assessor engine;
    private final PhishingAnalysis analysis;
    private final Supplier<WeightTable> weights;
    private final Organisation organisation;
    private final Acquaintances acquaintances;
    private final Executor readers;

    /**
     * @param weights the table that is good now
     * @param readers runs the analysis of a mail beside the engine's, from when the engine has all of it
     */
    public AnalysingAssessor(
            Assessor engine,
            PhishingAnalysis analysis,
            Supplier<WeightTable> weights,
            Organisation organisation,
            Acquaintances acquaintances,
            Executor readers) {
        this.engine = engine;
        this.analysis = analysis;
        this.weights = weights;
        this.organisation = organisation;
        this.acquaintances = acquaintances;
        this.readers = readers;
    }

    @Override
    public String engine() {
        return engine.engine();
    }

    @Override
    public AssessmentResult assess(Mail mail, Deadline deadline) throws IOException, InterruptedException {
        CompletableFuture<ParsedMail> reading = new CompletableFuture<>();
        BytePipe pipe = new BytePipe(in -> reading.completeAsync(() -> read(in), readers));
        try {
            AssessmentResult told = engine.assess(mail.withBody(new SharedBody(mail.body(), pipe)), deadline);
            if (told.mailClass() == MailClass.INCONCLUSIVE) {
                return told;
            }
            ParsedMail parsed = await(reading, deadline);
            return parsed == null ? unread(told) : weighed(told, mail, parsed);
        } finally {
            // Where the engine gave up before the end, the reader still waits for bytes.
            pipe.breakOff();
        }
    }

    private ParsedMail read(InputStream bytes) {
        try (InputStream in = bytes) {
            ParsedMail parsed = analysis.read(in);
            in.transferTo(OutputStream.nullOutputStream());
            return parsed;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static @Nullable ParsedMail await(CompletableFuture<ParsedMail> reading, Deadline deadline)
            throws InterruptedException {
        try {
            return reading.get(deadline.left().toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException | TimeoutException e) {
            return null;
        }
    }

    private AssessmentResult weighed(AssessmentResult told, Mail mail, ParsedMail parsed) {
        Optional<AuthenticationResultsReader.Field> upstream =
                organisation.upstream().field(parsed);
        SenderAuthentication authentication = Identities.complete(
                upstream.map(field -> Upstream.complete(told.authentication(), field, fromDomain(parsed)))
                        .orElse(told.authentication()),
                mail,
                parsed);
        Acquaintances.LookedUp sender = acquaintances.of(mail, parsed);
        PhishingAnalysis.Report report;
        try {
            report = analysis.look(parsed, circumstances(mail, authentication, sender.acquaintance()));
        } catch (RuntimeException e) {
            return unread(told);
        }
        List<Finding> findings = new ArrayList<>();
        told.findings().stream()
                .filter(finding -> upstream.isEmpty() || !isRefuted(finding, authentication))
                .forEach(findings::add);
        upstream.map(field -> verifiedBy(field.authservId())).ifPresent(findings::add);
        findings.addAll(report.findings());
        List<String> unchecked = new ArrayList<>(report.unchecked());
        if (sender.acquaintance() == null) {
            unchecked.add(Acquaintances.UNCHECKED);
        }
        Collections.sort(unchecked);
        AssessmentResult result = result(told, authentication, findings, unchecked, told.mailClass());
        if (result.mailClass() == MailClass.HAM) {
            acquaintances.keep(sender);
        }
        return result;
    }

    private static @Nullable String fromDomain(ParsedMail parsed) {
        return parsed.from().size() == 1 ? parsed.from().getFirst().domain() : null;
    }

    /** Whether the engine said of the sender what a server in front knows better. */
    private static boolean isRefuted(Finding finding, SenderAuthentication authentication) {
        boolean spf = authentication.spf() == AuthenticationResult.PASS;
        boolean dmarc = authentication.dmarc() == AuthenticationResult.PASS;
        return switch (finding.code()) {
            case "spf-fail", "spf-softfail" -> spf;
            case "dmarc-fail" -> dmarc;
            case "sender-unverified" -> spf && dmarc;
            default -> false;
        };
    }

    private static Finding verifiedBy(String authservId) {
        return new Finding(
                Upstream.CODE,
                Severity.INFO,
                "A server in front of this one verified the sender, and its word was taken.",
                Map.of("by", authservId),
                "It is believed because it is listed, not because its word could be checked.",
                Map.of(
                        "fr",
                        new Finding.Wording(
                                "Un serveur placé devant celui-ci a vérifié l'expéditeur, et il a été cru.",
                                "Il est cru parce qu'il figure dans la liste ; sa parole n'a pas pu être vérifiée.")));
    }

    private AssessmentResult unread(AssessmentResult told) {
        List<Finding> findings = new ArrayList<>(told.findings());
        findings.add(new Finding(
                NOT_ANALYSED,
                Severity.MEDIUM,
                "The mail could not be taken apart to its end, so it was not looked into.",
                Map.of(),
                "Whether it is harmful is not known.",
                Map.of(
                        "fr",
                        new Finding.Wording(
                                "Le message n'a pas pu être démonté jusqu'au bout et n'a donc pas été examiné.",
                                "On ne sait pas s'il est nuisible."))));
        MailClass atLeast = told.mailClass() == MailClass.HAM ? MailClass.SUSPICIOUS : told.mailClass();
        return result(told, told.authentication(), findings, List.of(NOT_ANALYSED), atLeast);
    }

    private AssessmentResult result(
            AssessmentResult told,
            SenderAuthentication authentication,
            List<Finding> findings,
            List<String> unchecked,
            MailClass atLeast) {
        Weigher.Weighed weighed = Weigher.weigh(weights.get(), findings, atLeast, told.score());
        return new AssessmentResult(
                weighed.mailClass(),
                null,
                told.score(),
                told.threshold(),
                authentication,
                findings.stream()
                        .sorted(Comparator.comparing(Finding::severity).reversed())
                        .toList(),
                told.symbols(),
                told.engine(),
                told.took(),
                weighed.weighing(),
                unchecked);
    }

    private Circumstances circumstances(
            Mail mail, SenderAuthentication authentication, @Nullable Acquaintance acquaintance) {
        return new Circumstances(
                mail.recipients().stream().map(recipient -> recipient.value()).toList(),
                organisation.domains(),
                organisation.colleagues(),
                authentication,
                acquaintance);
    }

    /**
     * Who is to be protected, and whose word on senders is taken.
     *
     * @param domains of this installation
     * @param colleagues people who are worth imitating
     * @param upstream servers of our own in front of this one
     */
    public record Organisation(List<String> domains, List<Circumstances.Colleague> colleagues, Upstream upstream) {
        public Organisation {
            domains = List.copyOf(domains);
            colleagues = List.copyOf(colleagues);
        }
    }
}
