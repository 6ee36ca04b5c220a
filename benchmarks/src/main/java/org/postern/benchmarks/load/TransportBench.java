package org.postern.benchmarks.load;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What the topics alone cost a mail: the least of the suite's way over the broker, beside the same harness with nothing behind it,
 * so that what mails cost to make can be taken away.
 */
public final class TransportBench {
    private TransportBench() {}

    /**
     * @param args mails of a run, bytes of a mail, then the numbers of clients
     */
    public static void main(String[] args) throws Exception {
        PartsCpu parts = new PartsCpu(
                Path.of(LoadHarness.environment("POSTERN_HOME"), "run"),
                Map.of(ProcessHandle.current().pid(), "(clients)"));
        try (BareTopics topics = BareTopics.open(LoadHarness.port("KAFKA"))) {
            new LoadHarness(Integer.parseInt(args[0]), Integer.parseInt(args[1]), parts)
                    .compare(List.of(new Nothing(), topics), LoadHarness.clients(args));
        }
    }

    /** Answers at once. */
    private static final class Nothing implements Target {
        @Override
        public String name() {
            return "nothing";
        }

        @Override
        public String decide(byte[] mail) {
            return "told";
        }
    }
}
