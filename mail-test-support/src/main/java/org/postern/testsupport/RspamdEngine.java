package org.postern.testsupport;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A real Rspamd with a name server that knows no names, and a Redis for what it learns. It uses that after {@value #MIN_LEARNS}
 * mails of each class instead of 200.
 */
public class RspamdEngine implements QuarkusTestResourceLifecycleManager {
    /** Mails of each class after which what was learned is used. */
    public static final int MIN_LEARNS = 5;

    private @Nullable PartProcess process;
    private @Nullable PartProcess redis;
    private @Nullable Process named;

    @Override
    public Map<String, String> start() {
        try {
            int port = FreePorts.next();
            int controller = FreePorts.next();
            int dns = FreePorts.next();
            java.nio.file.Path names = PartProcess.folder("named");
            ProcessBuilder builder = new ProcessBuilder(
                    java.nio.file.Path.of(System.getProperty("postern.root"), "deploy/local/run-named")
                            .toString());
            builder.environment().putAll(Map.of("POSTERN_PART_DIR", names.toString(), "POSTERN_DNS_PORT", "" + dns));
            named = builder.redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            int redisPort = FreePorts.next();
            java.nio.file.Path memory = PartProcess.folder("redis");
            java.nio.file.Path secret = java.nio.file.Files.writeString(memory.resolve("password"), "of-a-test");
            redis = PartProcess.run(
                    "run-redis",
                    Map.of(
                            "POSTERN_PART_DIR", memory.toString(),
                            "POSTERN_REDIS_PORT", "" + redisPort,
                            "POSTERN_REDIS_PASSWORD_FILE", secret.toString()),
                    redisPort);
            process = PartProcess.run(
                    "run-rspamd",
                    Map.of(
                            "POSTERN_PART_DIR", PartProcess.folder("rspamd").toString(),
                            "POSTERN_RSPAMD_PORT", "" + port,
                            "POSTERN_RSPAMD_CONTROLLER_PORT", "" + controller,
                            "POSTERN_RSPAMD_PASSWORD_FILE", secret.toString(),
                            "POSTERN_RSPAMD_SHORT_TLDS", "1",
                            "POSTERN_RSPAMD_MIN_LEARNS", "" + MIN_LEARNS,
                            "POSTERN_REDIS_PORT", "" + redisPort,
                            "POSTERN_REDIS_PASSWORD_FILE", secret.toString(),
                            "POSTERN_DNS_PORT", "" + dns),
                    port);
            return Map.of(
                    "postern.rspamd.url", "http://127.0.0.1:" + port,
                    "postern.learning.controller", "http://127.0.0.1:" + controller,
                    "postern.learning.password-file", secret.toString());
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** What Rspamd writes to its log. */
    public java.nio.file.Path log() {
        if (process == null) {
            throw new IllegalStateException("Rspamd does not run");
        }
        return process.log();
    }

    /** Stops the Redis, for good. */
    public void stopRedis() {
        if (redis != null) {
            redis.stop();
            redis = null;
        }
    }

    @Override
    public void stop() {
        if (process != null) {
            process.stop();
        }
        if (redis != null) {
            redis.stop();
        }
        if (named != null) {
            named.destroy();
        }
    }
}
