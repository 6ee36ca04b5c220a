package org.postern.gateway;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Certificates that sign themselves, for servers of this machine. */
public final class SelfSigned {
    private static final int PATIENCE_SECONDS = 30;

    private SelfSigned() {}

    /**
     * Makes one for 127.0.0.1.
     *
     * @param name whom it names
     * @param key where its key is written, as PEM
     * @param certificate where it is written, as PEM
     */
    public static void make(String name, Path key, Path certificate) throws IOException, InterruptedException {
        Path log = Files.createTempFile("openssl", ".log");
        Process openssl = new ProcessBuilder(List.of(
                        "openssl",
                        "req",
                        "-x509",
                        "-newkey",
                        "rsa:2048",
                        "-nodes",
                        "-days",
                        "2",
                        "-subj",
                        "/CN=" + name,
                        "-addext",
                        "subjectAltName=IP:127.0.0.1",
                        "-keyout",
                        key.toString(),
                        "-out",
                        certificate.toString()))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        if (!openssl.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) || openssl.exitValue() != 0) {
            throw new IllegalStateException("openssl makes no certificate: " + Files.readString(log));
        }
        Files.delete(log);
    }
}
