package org.postern.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.postern.spam.phishing.PhishingAnalysis;
import org.postern.spam.phishing.Wording;
import org.postern.spam.phishing.check.Circumstances;
import org.postern.spam.phishing.tables.TableFiles;

/** spam-service's own analysis of a newsletter in HTML, from its bytes to its findings. One thread: wall time is CPU time. */
@State(Scope.Thread)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
@SuppressWarnings("NullAway.Init") // set up by the harness before a benchmark runs
public class AnalysisBenchmark {
    private static final String[] WORDS =
            ("your order account offer weekly new shop save today confirm delivery team update"
                            + " events read more about prices season summer members thank you for being with us until sunday")
                    .split(" ");

    /** Bytes of the mail. */
    @Param({"51200", "512000", "5242880"})
    public int size;

    private byte[] mail;
    private PhishingAnalysis analysis;

    @Setup
    public void prepare() {
        analysis = new PhishingAnalysis(TableFiles.bundled(), new Wording());
        mail = newsletter(size);
    }

    /** Paragraphs, tables, styles and links as newsletters have them, one link for about 1 KiB. */
    static byte[] newsletter(int size) {
        Random random = new Random(11);
        StringBuilder mail = new StringBuilder(size + 2048).append("""
                From: "Garden Club" <news@garden.example>
                To: Reader <reader@firm.example>
                Subject: News of the week
                Date: Mon, 02 Nov 2026 09:00:00 +0000
                Message-ID: <news-1@garden.example>
                List-Unsubscribe: <https://garden.example/u>
                MIME-Version: 1.0
                Content-Type: text/html; charset=utf-8

                <html><head><style>.a{color:#333;font-family:sans-serif}.b{padding:4px}</style></head><body><table>
                """);
        for (int row = 0; mail.length() < size; row++) {
            mail.append("<tr><td class=\"b\" style=\"width:50%;color:#222\"><p class=\"a\">");
            for (int i = 0; i < 90; i++) {
                mail.append(WORDS[random.nextInt(WORDS.length)]).append(i % 12 == 11 ? ".\n" : " ");
            }
            mail.append("</p><a href=\"https://click.garden.example/r/")
                    .append(row)
                    .append("?u=")
                    .append(random.nextInt(1 << 20))
                    .append("\">Read more</a><img src=\"https://img.garden.example/")
                    .append(row)
                    .append(".png\" width=\"200\" height=\"100\"></td></tr>\n");
        }
        return mail.append("</table></body></html>\n")
                .toString()
                .replace("\n", "\r\n")
                .getBytes(UTF_8);
    }

    @Benchmark
    public PhishingAnalysis.Report analyse() throws IOException {
        return analysis.look(analysis.read(new ByteArrayInputStream(mail)), Circumstances.unknown());
    }
}
