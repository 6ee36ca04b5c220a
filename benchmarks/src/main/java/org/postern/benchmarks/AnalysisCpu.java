package org.postern.benchmarks;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.postern.spam.phishing.PhishingAnalysis;
import org.postern.spam.phishing.Wording;
import org.postern.spam.phishing.check.Circumstances;
import org.postern.spam.phishing.tables.TableFiles;

/**
 * The CPU time of the own analysis for newsletters of growing size, of the thread that reads and looks: on a busy machine it says
 * more than {@link AnalysisBenchmark}, which measures the time that passes.
 *
 * <p>Arguments: seconds for each size (10), of which the first half warms up, and the sizes in bytes. Before all of them it is
 * warmed up with {@value #WARM_MAILS} mails of the first size.
 */
public final class AnalysisCpu {
    private static final ThreadMXBean CPU = ManagementFactory.getThreadMXBean();
    private static final List<Integer> SIZES =
            List.of(51_200, 102_400, 204_800, 512_000, 1_048_576, 2_097_152, 5_242_880);

    /** Those of a busy machine take their time to be compiled for. */
    private static final int WARM_MAILS = 3_000;

    private AnalysisCpu() {}

    public static void main(String[] arguments) throws IOException {
        long seconds = arguments.length == 0 ? 10 : Long.parseLong(arguments[0]);
        List<Integer> sizes = arguments.length < 2
                ? SIZES
                : Stream.of(arguments).skip(1).map(Integer::valueOf).toList();
        PhishingAnalysis analysis = new PhishingAnalysis(TableFiles.bundled(), new Wording());
        byte[] first = AnalysisBenchmark.newsletter(sizes.getFirst());
        for (int i = 0; i < WARM_MAILS; i++) {
            analysis.look(analysis.read(new ByteArrayInputStream(first)), Circumstances.unknown());
        }
        System.out.printf("%9s %6s %12s %12s%n", "bytes", "mails", "CPU ms, p50", "p10");
        for (int size : sizes) {
            byte[] mail = AnalysisBenchmark.newsletter(size);
            measured(analysis, mail, seconds * 500_000_000);
            List<Long> nanos = measured(analysis, mail, seconds * 500_000_000);
            System.out.printf(
                    Locale.ROOT,
                    "%9d %6d %12.2f %12.2f%n",
                    size,
                    nanos.size(),
                    nanos.get(nanos.size() / 2) / 1e6,
                    nanos.get(nanos.size() / 10) / 1e6);
        }
    }

    /** The CPU time of each mail that fits into such a time, in nanoseconds, the least first. */
    private static List<Long> measured(PhishingAnalysis analysis, byte[] mail, long within) throws IOException {
        List<Long> nanos = new ArrayList<>();
        long end = System.nanoTime() + within;
        do {
            long before = CPU.getCurrentThreadCpuTime();
            analysis.look(analysis.read(new ByteArrayInputStream(mail)), Circumstances.unknown());
            nanos.add(CPU.getCurrentThreadCpuTime() - before);
        } while (System.nanoTime() < end);
        return nanos.stream().sorted().toList();
    }
}
