package org.postern.benchmarks.render;

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

/** Cleaning a newsletter, beside the OWASP sanitizer alone and the cleaner of jsoup. */
@State(Scope.Thread)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 4, time = 3)
@Measurement(iterations = 4, time = 3)
@Fork(1)
@SuppressWarnings("NullAway.Init") // set up by the harness before a benchmark runs
public class SanitizerBenchmark {
    /** Bytes of the newsletter. */
    @Param({"40960", "409600"})
    public int size;

    private String html;

    @Setup
    public void prepare() {
        html = Documents.newsletter(size);
    }

    @Benchmark
    public int postern() {
        return Cleaners.ours(html);
    }

    @Benchmark
    public int owaspAlone() {
        return Cleaners.owasp(html);
    }

    @Benchmark
    public int jsoupCleaner() {
        return Cleaners.jsoup(html);
    }
}
