package org.postern.benchmarks.door;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One run of wrk. */
final class Wrk {
    private static final Pattern RATE = Pattern.compile("Requests/sec:\\s+([0-9.]+)");
    private static final Pattern COUNT = Pattern.compile("(\\d+) requests in");
    private static final Pattern BAD = Pattern.compile("Non-2xx or 3xx responses: (\\d+)");
    private static final Pattern LATENCY = Pattern.compile("(50|99)%\\s+([0-9.]+)(us|ms|s)");

    private Wrk() {}

    /**
     * What came of it.
     *
     * @param requests answered
     * @param bad of them, not by 2xx
     * @param rate a second
     * @param medianMillis half of the answers came sooner
     * @param p99Millis all but a hundredth came sooner
     */
    record Result(long requests, long bad, double rate, double medianMillis, double p99Millis) {}

    /** As many requests as are answered. */
    static Result run(String address, int connections, int seconds, String token)
            throws IOException, InterruptedException {
        return run(List.of(
                "wrk",
                "-t",
                "1",
                "-c",
                Integer.toString(connections),
                "-d",
                seconds + "s",
                "--latency",
                "-H",
                "Authorization: Bearer " + token,
                address));
    }

    private static Result run(List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IllegalStateException(output);
        }
        double median = 0;
        double p99 = 0;
        Matcher latency = LATENCY.matcher(output);
        while (latency.find()) {
            double millis = Double.parseDouble(latency.group(2))
                    * switch (latency.group(3)) {
                        case "us" -> 0.001;
                        case "ms" -> 1;
                        default -> 1_000;
                    };
            if (latency.group(1).equals("50")) {
                median = millis;
            } else {
                p99 = millis;
            }
        }
        return new Result((long) number(COUNT, output), (long) number(BAD, output), number(RATE, output), median, p99);
    }

    private static double number(Pattern pattern, String output) {
        Matcher found = pattern.matcher(output);
        return found.find() ? Double.parseDouble(found.group(1)) : 0;
    }
}
