package org.postern.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import java.io.ByteArrayInputStream;
import java.lang.management.CompilationMXBean;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.postern.engine.Deadline;
import org.postern.events.mail.AssessmentResult;
import org.postern.events.mail.MailClass;
import org.postern.spam.Assessor;
import org.postern.spam.Body;
import org.postern.spam.Mail;
import org.postern.spam.analysis.Acquaintances;
import org.postern.spam.analysis.AnalysingAssessor;
import org.postern.spam.analysis.Upstream;
import org.postern.spam.phishing.PhishingAnalysis;
import org.postern.spam.phishing.Wording;
import org.postern.spam.phishing.check.Circumstances;
import org.postern.spam.phishing.tables.TableFiles;
import org.postern.spam.rspamd.RspamdAssessor;
import org.postern.spam.weighing.WeightFile;
import org.postern.spam.weighing.WeightTable;

/**
 * How many mails a second are assessed with the own analysis beside Rspamd, and by Rspamd alone, and the CPU time of a mail, here
 * and in Rspamd. In turns in one run, in the other order every second round, so that a busy machine is as hard on both; what is
 * told at the end are medians. The ratio by CPU time is what the ratio of mails a second is where nothing else runs and all cores
 * are full; on a busy machine it is the one to believe. Needs a running Rspamd, and counts all of the machine.
 *
 * <p>Arguments: URL of Rspamd's normal worker, mails of a round (300), rounds (5), mails at once (4), bytes of a mail (51200).
 */
public final class AssessmentThroughput {
    /** A service compiles once in its life: it does not count. So many mails are looked at without Rspamd, which is quick. */
    private static final int WARM_MAILS = 6_000;

    private static final int FEWEST_WARM_ROUNDS = 10;
    private static final int MOST_WARM_ROUNDS = 60;

    /** Of the time of a round, for the just-in-time compiler: once it takes less, what is measured is the work. */
    private static final double STILL_COMPILING = 0.03;

    private static final AtomicInteger UNIQUE = new AtomicInteger();
    private static final OperatingSystemMXBean CPU =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    private final ExecutorService clients;
    private final String text;
    private final int mails;

    private AssessmentThroughput(ExecutorService clients, String text, int mails) {
        this.clients = clients;
        this.text = text;
        this.mails = mails;
    }

    /**
     * What a round came to.
     *
     * @param rate mails a second
     * @param here milliseconds of CPU time of this process for a mail
     * @param engine milliseconds of CPU time of Rspamd for a mail
     */
    private record Round(double rate, double here, double engine) {
        double cpu() {
            return here + engine;
        }
    }

    public static void main(String[] arguments) throws Exception {
        int mails = number(arguments, 1, 300);
        int rounds = number(arguments, 2, 5);
        int atOnce = number(arguments, 3, 4);
        String text = new String(AnalysisBenchmark.newsletter(number(arguments, 4, 51200)), StandardCharsets.UTF_8);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
                ExecutorService clients = Executors.newFixedThreadPool(atOnce)) {
            HttpClient http = HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(Duration.ofSeconds(5))
                    .executor(threads)
                    .build();
            PhishingAnalysis analysis = new PhishingAnalysis(TableFiles.bundled(), new Wording());
            for (int i = 0; i < WARM_MAILS; i++) {
                analysis.look(
                        analysis.read(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8))),
                        Circumstances.unknown());
            }
            // Read once, as the service does.
            WeightTable weights = WeightFile.bundled();
            Assessor bare = new RspamdAssessor(http, URI.create(arguments[0]));
            Assessor whole = new AnalysingAssessor(
                    bare,
                    analysis,
                    () -> weights,
                    new AnalysingAssessor.Organisation(List.of(), List.of(), Upstream.none()),
                    new Acquaintances(null, TableFiles.bundled()),
                    threads);
            new AssessmentThroughput(clients, text, mails).compare(bare, whole, rounds);
        }
    }

    private static int number(String[] arguments, int index, int otherwise) {
        return arguments.length > index ? Integer.parseInt(arguments[index]) : otherwise;
    }

    private void compare(Assessor bare, Assessor whole, int rounds) throws Exception {
        warmUp(bare, whole);
        List<Round> alone = new ArrayList<>();
        List<Round> both = new ArrayList<>();
        for (int i = 0; i < rounds; i++) {
            if (i % 2 == 0) {
                alone.add(round(bare));
                both.add(round(whole));
            } else {
                both.add(round(whole));
                alone.add(round(bare));
            }
            System.out.printf(
                    Locale.ROOT,
                    "round %d: %.0f mails/s alone, %.0f with the own analysis, ratio %.2f%n",
                    i + 1,
                    alone.getLast().rate(),
                    both.getLast().rate(),
                    both.getLast().rate() / alone.getLast().rate());
        }
        System.out.printf("medians%n%-24s %9s %12s %14s%n", "", "mails/s", "CPU ms here", "CPU ms Rspamd");
        print("Rspamd alone", alone);
        print("with the own analysis", both);
        System.out.printf(
                Locale.ROOT,
                "ratio of mails a second %.2f, by CPU time %.2f; the own analysis and reading along %.2f ms of CPU a mail%n",
                median(IntStream.range(0, rounds)
                        .mapToObj(i -> both.get(i).rate() / alone.get(i).rate())),
                median(IntStream.range(0, rounds)
                        .mapToObj(i -> alone.get(i).cpu() / both.get(i).cpu())),
                median(IntStream.range(0, rounds)
                        .mapToObj(i -> both.get(i).here() - alone.get(i).here())));
    }

    /** While the compiler is busy, it would be counted as work of the side that has more code. */
    private void warmUp(Assessor bare, Assessor whole) throws Exception {
        CompilationMXBean compiler = ManagementFactory.getCompilationMXBean();
        double share = 1;
        int done = 0;
        while (done < FEWEST_WARM_ROUNDS || (done < MOST_WARM_ROUNDS && share >= STILL_COMPILING)) {
            long compiled = compiler.getTotalCompilationTime();
            long started = System.nanoTime();
            round(bare);
            round(whole);
            share = (compiler.getTotalCompilationTime() - compiled) * 1e6 / (System.nanoTime() - started);
            done++;
        }
        System.out.printf(Locale.ROOT, "warmed up in %d rounds; the compiler still takes %.0f %%%n", done, 100 * share);
    }

    private static void print(String name, List<Round> rounds) {
        System.out.printf(
                Locale.ROOT,
                "%-24s %9.0f %12.2f %14.2f%n",
                name,
                median(rounds.stream().map(Round::rate)),
                median(rounds.stream().map(Round::here)),
                median(rounds.stream().map(Round::engine)));
    }

    private static double median(Stream<Double> values) {
        List<Double> sorted = values.sorted().toList();
        return sorted.get(sorted.size() / 2);
    }

    private Round round(Assessor assessor) throws Exception {
        List<Callable<AssessmentResult>> work = new ArrayList<>();
        for (int i = 0; i < mails; i++) {
            // Rspamd keeps what it knows of parts that it has seen.
            byte[] mail = text.replace("summer members", "summer members " + UNIQUE.incrementAndGet())
                    .getBytes(StandardCharsets.UTF_8);
            work.add(() -> assessor.assess(Mail.of(Body.of(mail)), Deadline.in(Duration.ofSeconds(30))));
        }
        long here = CPU.getProcessCpuTime();
        long engine = engineCpu();
        long started = System.nanoTime();
        for (Future<AssessmentResult> done : clients.invokeAll(work)) {
            if (done.get().mailClass() == MailClass.INCONCLUSIVE) {
                throw new IllegalStateException("Rspamd gave no whole answer");
            }
        }
        long took = System.nanoTime() - started;
        return new Round(
                mails * 1e9 / took,
                (CPU.getProcessCpuTime() - here) / 1e6 / mails,
                (engineCpu() - engine) / 1e6 / mails);
    }

    /** Nanoseconds that all processes of Rspamd have had, counted in hundredths of a second. */
    private static long engineCpu() {
        return ProcessHandle.allProcesses()
                .map(ProcessHandle::info)
                .filter(info -> info.command().orElse("").endsWith("/rspamd"))
                .mapToLong(info -> info.totalCpuDuration().orElse(Duration.ZERO).toNanos())
                .sum();
    }
}
