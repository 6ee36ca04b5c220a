package org.postern.benchmarks.load;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.postern.testsupport.FreePorts;
import org.postern.testsupport.Postfix;

/**
 * The same mails through two Postfix: one asks the milter of the running suite, the other an Rspamd with its antivirus module,
 * which is what most mail servers ask today. Both use one clamd. What each decides is not the same, and need not be.
 */
public final class MilterBench {
    private MilterBench() {}

    /**
     * @param args mails of a run, bytes of a mail, then the numbers of clients
     */
    public static void main(String[] args) throws Exception {
        Path home = Path.of(LoadHarness.environment("POSTERN_HOME"));
        int clamd = LoadHarness.port("CLAMD");
        int[] ports = {FreePorts.next(), FreePorts.next(), FreePorts.next()};
        try (RspamdMilter rspamd = RspamdMilter.start(
                        ports,
                        Path.of(LoadHarness.environment("POSTERN_ROOT"), "deploy/local/run-rspamd"),
                        clamd,
                        engines(home));
                Postfix asksRspamd = Postfix.start(rspamd.port());
                Postfix asksPostern = Postfix.start(LoadHarness.port("MILTER"))) {
            System.out.printf("Rspamd's override.d/worker-proxy.inc:%n%s%n", RspamdMilter.proxy(rspamd.port()));
            System.out.printf("Rspamd's override.d/antivirus.conf:%n%s%n", RspamdMilter.antivirus(clamd));
            PartsCpu parts = new PartsCpu(
                    home.resolve("run"),
                    Map.of(
                            rspamd.pid(), "(rspamd)",
                            asksRspamd.pid(), "(postfix)",
                            asksPostern.pid(), "(postfix)"));
            new LoadHarness(Integer.parseInt(args[0]), Integer.parseInt(args[1]), parts)
                    .compare(
                            List.of(
                                    new BehindPostfix("rspamd", asksRspamd.port()),
                                    new BehindPostfix("postern", asksPostern.port())),
                            LoadHarness.clients(args));
        }
    }

    private static Map<String, String> engines(Path home) {
        Map<String, String> engines = new HashMap<>();
        engines.put(
                "POSTERN_REDIS_PASSWORD_FILE",
                home.resolve("secrets/redis.password").toString());
        engines.put("POSTERN_REDIS_PORT", LoadHarness.environment("POSTERN_REDIS_PORT"));
        if (Files.exists(home.resolve("run/named.pid"))) {
            engines.put("POSTERN_DNS_PORT", LoadHarness.environment("POSTERN_DNS_PORT"));
        }
        return engines;
    }
}
