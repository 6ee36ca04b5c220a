package org.postern.spam.evaluation;

import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.postern.events.mail.AssessmentResult;
import org.postern.events.mail.Finding;
import org.postern.events.mail.MailClass;
import org.postern.spam.phishing.PhishingAnalysis;
import org.postern.spam.phishing.Wording;
import org.postern.spam.phishing.check.Circumstances;
import org.postern.spam.phishing.tables.TableFiles;
import org.postern.spam.phishing.tables.Tables;
import org.postern.spam.weighing.BadTableException;
import org.postern.spam.weighing.Weigher;
import org.postern.spam.weighing.WeightFile;
import org.postern.spam.weighing.WeightTable;

/** Runs labelled mails through the analysis, without a network and without a running suite. */
public final class SpamEvaluation {
    private static final int USAGE = 64;
    private static final int PROGRESS_EVERY = 200;
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private final Tables tables = TableFiles.bundled();
    private final PhishingAnalysis analysis = new PhishingAnalysis(tables, new Wording());
    private final WeightTable weights;
    private final @Nullable EvaluationEngine engine;

    private SpamEvaluation(Options options) throws IOException, BadTableException {
        Path file = options.weights();
        this.weights = file == null ? WeightFile.bundled() : WeightFile.read(Files.readAllBytes(file));
        this.engine = options.rspamd() == null ? null : new EvaluationEngine(options.rspamd());
    }

    /** See {@code ./postern eval --help}. */
    public static void main(String[] arguments) throws Exception {
        try {
            Options options = Options.of(arguments);
            new SpamEvaluation(options).run(options);
        } catch (IllegalArgumentException | BadTableException e) {
            System.err.println("postern: " + e.getMessage());
            System.exit(USAGE);
        }
    }

    private void run(Options options) throws IOException, InterruptedException {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("weights", weights.version());
        json.put("engine", engine == null ? "none" : "rspamd");
        for (Path list : options.domains()) {
            json.put("domains", DomainCheck.run(tables.lookAlikes(), list));
        }
        List<LabelledMails.LabelledMail> mails = new ArrayList<>();
        for (String folder : options.folders()) {
            mails.addAll(LabelledMails.under(folder));
        }
        if (!mails.isEmpty()) {
            List<Outcome> outcomes = outcomes(mails);
            Figures figures = Figures.of(outcomes, weights.thresholds().phishing(), options.worst());
            System.out.print(FigureText.of(figures));
            json.put("figures", figures);
            json.put("mails", outcomes);
        } else if (options.domains().isEmpty()) {
            throw new IllegalArgumentException("there is no labelled mail in " + options.folders());
        }
        Path out = options.json();
        if (out != null) {
            JsonMapper mapper = JsonMapper.builder()
                    .enable(SerializationFeature.INDENT_OUTPUT)
                    .build();
            Files.writeString(out, mapper.writeValueAsString(json) + "\n");
        }
    }

    private List<Outcome> outcomes(List<LabelledMails.LabelledMail> mails) throws IOException, InterruptedException {
        List<Outcome> outcomes = new ArrayList<>(mails.size());
        for (LabelledMails.LabelledMail mail : mails) {
            outcomes.add(outcome(mail));
            progress(outcomes.size(), mails.size());
        }
        return outcomes;
    }

    private Outcome outcome(LabelledMails.LabelledMail mail) throws IOException, InterruptedException {
        byte[] bytes = mail.bytes();
        AssessmentResult engineSays = engine == null ? null : engine.assess(bytes);
        long started = THREADS.getCurrentThreadCpuTime();
        PhishingAnalysis.Report report =
                analysis.look(analysis.read(new ByteArrayInputStream(bytes)), Circumstances.unknown());
        long micros = (THREADS.getCurrentThreadCpuTime() - started) / 1000;
        List<Finding> findings = new ArrayList<>(report.findings());
        if (engineSays != null) {
            findings.addAll(engineSays.findings());
        }
        Weigher.Weighed weighed = Weigher.weigh(
                weights,
                findings,
                engineSays == null ? MailClass.HAM : engineSays.mailClass(),
                engineSays == null ? 0 : engineSays.score());
        return new Outcome(
                mail.file().toString(),
                mail.label(),
                weighed.mailClass(),
                weighed.weighing().score(),
                findings.stream().map(Finding::code).toList(),
                weighed.weighing().groups(),
                report.unchecked(),
                bytes.length,
                micros);
    }

    /** A bar where somebody looks, a line now and then where nobody does. */
    private static void progress(int done, int all) {
        if (System.getenv("POSTERN_PROGRESS_BAR") != null) {
            int filled = 40 * done / all;
            System.err.print("\r[" + "#".repeat(filled) + ".".repeat(40 - filled) + "] " + done + "/" + all
                    + (done == all ? "\n" : ""));
        } else if (done % PROGRESS_EVERY == 0 || done == all) {
            System.err.println(done + " of " + all + " mails");
        }
    }
}
