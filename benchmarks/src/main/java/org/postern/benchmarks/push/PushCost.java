package org.postern.benchmarks.push;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.management.OperatingSystemMXBean;
import com.zerodeplibs.webpush.MessageEncryptions;
import com.zerodeplibs.webpush.PushMessage;
import com.zerodeplibs.webpush.UserAgentMessageEncryptionKeyInfo;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.Provider;
import org.postern.push.corretto.NativeCurves;
import org.postern.push.subscription.Destination;
import org.postern.push.webpush.PushEncryption;
import org.postern.push.webpush.VapidKeys;
import org.postern.testsupport.PushDevice;

/**
 * The CPU time of one push, its body with a key pair of its own and its VAPID token, beside a library of Java and npm
 * web-push in the same run. CPU time of the whole process, collection and compilation included, the best of the last rounds of many:
 * whoever else uses the machine counts for little.
 */
final class PushCost {
    private static final int ROUNDS = 14;
    private static final int WARM_UP = 9;
    private static final long ROUND_NANOS = 500_000_000;
    private static final int PEER_PUSHES = 2_000;
    private static final int BYTES = 120;
    private static final String ORIGIN = "https://push.example.com";
    private static final OperatingSystemMXBean SYSTEM =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    private final PushDevice device = new PushDevice();
    private final Destination.WebPush endpoint = new Destination.WebPush(ORIGIN + "/x", device.p256dh(), device.auth());
    private final byte[] document = "x".repeat(BYTES).getBytes(StandardCharsets.US_ASCII);
    private final VapidKeys vapid;

    private PushCost(VapidKeys vapid) {
        this.vapid = vapid;
    }

    /** @param node the folder of the peers for Node */
    static void print(Path node) throws IOException {
        new PushCost(Installation.vapid()).printAll(node);
    }

    private void printAll(Path node) throws IOException {
        System.out.printf("CPU time of a push of %d bytes, microseconds%n", BYTES);
        double ours = cost(pushes(PushEncryption.ofPlatform()));
        line("Postern, the platform's curves, token kept", ours);
        NativeCurves curves = NativeCurves.load();
        Provider provider = curves.provider();
        if (provider == null) {
            System.out.println("  no native library here: " + curves.reason());
        } else {
            ours = cost(pushes(new PushEncryption(provider)));
            line("Postern, native curves, token kept", ours);
        }
        line("zerodep-web-push-java, the body alone", cost(this::library));
        JsonNode peer = peer(node);
        line("npm web-push, the body alone", peer.get("body").asDouble());
        double theirs = peer.get("withToken").asDouble();
        line("npm web-push, with the token it signs each time", theirs);
        System.out.printf(
                "  npm web-push takes %.1f times what Postern takes, %.1f times for the body alone%n",
                theirs / ours, peer.get("body").asDouble() / ours);
    }

    private Runnable pushes(PushEncryption encryption) {
        return () -> {
            if (encryption.encrypted(endpoint, document).length == 0
                    || vapid.authorization(ORIGIN, null).isEmpty()) {
                throw new IllegalStateException("a push is never empty");
            }
        };
    }

    private void library() {
        byte[] body = MessageEncryptions.of()
                .encrypt(
                        UserAgentMessageEncryptionKeyInfo.of(endpoint.p256dh(), endpoint.auth()),
                        PushMessage.of(document))
                .toBytes();
        if (body.length == 0) {
            throw new IllegalStateException("a push is never empty");
        }
    }

    private static double cost(Runnable push) {
        double best = Double.MAX_VALUE;
        for (int round = 0; round < ROUNDS; round++) {
            long before = SYSTEM.getProcessCpuTime();
            long spent = 0;
            int pushes = 0;
            while (spent < ROUND_NANOS) {
                for (int i = 0; i < 100; i++) {
                    push.run();
                }
                pushes += 100;
                spent = SYSTEM.getProcessCpuTime() - before;
            }
            best = round < WARM_UP ? best : Math.min(best, spent / 1_000.0 / pushes);
        }
        return best;
    }

    private JsonNode peer(Path folder) throws IOException {
        Process node = new ProcessBuilder(
                        "node",
                        "web-push.mjs",
                        device.p256dh(),
                        device.auth(),
                        Integer.toString(BYTES),
                        Integer.toString(PEER_PUSHES))
                .directory(folder.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (InputStream out = node.getInputStream()) {
            return new ObjectMapper().readTree(out);
        }
    }

    private static void line(String what, double micros) {
        System.out.printf("  %-50s %8.1f%n", what, micros);
    }
}
