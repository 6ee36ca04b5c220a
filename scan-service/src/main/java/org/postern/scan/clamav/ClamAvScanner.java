package org.postern.scan.clamav;

import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.SocketAddress;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.postern.events.mail.EngineVersion;
import org.postern.events.mail.InconclusiveCause;
import org.postern.events.mail.ScanFinding;
import org.postern.events.mail.ScanResult;
import org.postern.events.mail.ScanVerdict;
import org.postern.events.mail.Severity;
import org.postern.events.mail.UnscannableReason;
import org.postern.scan.Body;
import org.postern.scan.Deadline;
import org.postern.scan.Scanner;

/**
 * Scans by clamd's {@code INSTREAM}, a connection for each scan.
 *
 * <p>clamd has no authentication, and whoever reaches it may stop it: it belongs on loopback or a closed network.
 */
public final class ClamAvScanner implements Scanner {
    static final String ENGINE = "clamav";

    private static final Duration AFTER_DEADLINE = Duration.ofSeconds(1);

    private final NetClient client;
    private final SocketAddress address;
    private final ClamdVersions versions;

    /**
     * @param client with {@link #clientOptions}
     * @param address where clamd listens, by TCP or by a local socket
     * @param versionKeptFor how long the version of the engine is told without asking again
     */
    public ClamAvScanner(NetClient client, SocketAddress address, Duration versionKeptFor) {
        this.client = client;
        this.address = address;
        this.versions = new ClamdVersions(client, address, versionKeptFor);
    }

    /**
     * The options of a client for clamd.
     *
     * @param longestScan the longest deadline of a scan. A connection on which nothing happened for that long is cut: when
     *     clamd stops reading, closing waits for what was written, and would wait for ever
     */
    public static NetClientOptions clientOptions(Duration connectTimeout, Duration longestScan) {
        return new NetClientOptions()
                .setConnectTimeout(Math.toIntExact(connectTimeout.toMillis()))
                .setIdleTimeout(Math.toIntExact(longestScan.plus(AFTER_DEADLINE).toMillis()))
                .setIdleTimeoutUnit(TimeUnit.MILLISECONDS)
                .setTcpNoDelay(true);
    }

    @Override
    public String engine() {
        return ENGINE;
    }

    @Override
    public ScanResult scan(Body body, Deadline deadline) throws IOException, InterruptedException {
        EngineVersion engine = versions.current(deadline);
        long started = System.nanoTime();
        try (ClamdConnection connection = ClamdConnection.open(client, address, deadline)) {
            boolean whole = new ClamdStream(connection, deadline).send(body);
            ClamdReply reply = ClamdReply.of(connection.reply(deadline));
            return result(reply, whole, engine, since(started));
        } catch (ClamdException e) {
            return ScanResult.inconclusive(e.why(), engine, since(started));
        }
    }

    private static ScanResult result(ClamdReply reply, boolean whole, EngineVersion engine, Duration took) {
        return switch (reply) {
            case ClamdReply.Ok ok when whole -> new ScanResult(ScanVerdict.CLEAN, null, null, List.of(), engine, took);
            // An OK that came before clamd had everything is about something else.
            case ClamdReply.Ok ok -> ScanResult.inconclusive(InconclusiveCause.ANSWER_NOT_UNDERSTOOD, engine, took);
            case ClamdReply.Found found -> Detection.named(found.name()).result(found.name(), engine, took);
            case ClamdReply.TooLarge tooLarge -> tooLarge(engine, took);
            case ClamdReply.ReadTimedOut late -> ScanResult.inconclusive(InconclusiveCause.TIMED_OUT, engine, took);
            case ClamdReply.NotUnderstood other ->
                ScanResult.inconclusive(InconclusiveCause.ANSWER_NOT_UNDERSTOOD, engine, took);
        };
    }

    private static ScanResult tooLarge(EngineVersion engine, Duration took) {
        ScanFinding finding = new ScanFinding("too-large", Severity.MEDIUM, null, null, ENGINE, null);
        return new ScanResult(
                ScanVerdict.UNSCANNABLE, UnscannableReason.TOO_LARGE, null, List.of(finding), engine, took);
    }

    private static Duration since(long started) {
        return Duration.ofNanos(System.nanoTime() - started);
    }
}
