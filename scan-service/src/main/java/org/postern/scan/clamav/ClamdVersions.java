package org.postern.scan.clamav;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import org.postern.events.mail.EngineVersion;
import org.postern.scan.Deadline;

/** The version of clamd and its signatures, asked now and then. */
final class ClamdVersions {
    private static final String COMMAND = "zVERSION\0";
    private static final Duration ASKING = Duration.ofSeconds(2);

    private final NetClient client;
    private final SocketAddress address;
    private final Duration keptFor;
    private final ReentrantLock asking = new ReentrantLock();
    private volatile Known known = new Known(EngineVersion.named(ClamAvScanner.ENGINE), false, 0);

    ClamdVersions(NetClient client, SocketAddress address, Duration keptFor) {
        this.client = client;
        this.address = address;
        this.keptFor = keptFor;
    }

    /** The version, which may be as old as it is kept; without it only the name. Takes no scan down when it fails. */
    EngineVersion current(Deadline deadline) throws InterruptedException {
        Known last = known;
        if (isFresh(last) || !asking.tryLock()) {
            return last.version();
        }
        try {
            EngineVersion version = ask(deadline.orIn(ASKING));
            known = new Known(version, version.version() != null, System.nanoTime());
            return version;
        } finally {
            asking.unlock();
        }
    }

    private boolean isFresh(Known last) {
        return last.usable() && System.nanoTime() - last.atNanos() < keptFor.toNanos();
    }

    private EngineVersion ask(Deadline deadline) throws InterruptedException {
        try (ClamdConnection connection = ClamdConnection.open(client, address, deadline)) {
            connection.write(Buffer.buffer(COMMAND, StandardCharsets.US_ASCII.name()), deadline);
            return ClamdVersion.of(connection.reply(deadline));
        } catch (ClamdException e) {
            return EngineVersion.named(ClamAvScanner.ENGINE);
        }
    }

    private record Known(EngineVersion version, boolean usable, long atNanos) {}
}
