package org.postern.testsupport;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A real Rspamd with a name server that knows no names. */
public class RspamdEngine implements QuarkusTestResourceLifecycleManager {
    private @Nullable PartProcess process;
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
            process = PartProcess.run(
                    "run-rspamd",
                    Map.of(
                            "POSTERN_PART_DIR", PartProcess.folder("rspamd").toString(),
                            "POSTERN_RSPAMD_PORT", "" + port,
                            "POSTERN_RSPAMD_CONTROLLER_PORT", "" + controller,
                            "POSTERN_RSPAMD_SHORT_TLDS", "1",
                            "POSTERN_DNS_PORT", "" + dns),
                    port);
            return Map.of("postern.rspamd.url", "http://127.0.0.1:" + port);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void stop() {
        if (process != null) {
            process.stop();
        }
        if (named != null) {
            named.destroy();
        }
    }
}
