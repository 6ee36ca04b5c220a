package org.postern.scan.clamav;

import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.SocketAddress;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.postern.engine.Deadline;
import org.postern.events.mail.EngineVersion;
import org.postern.events.mail.InconclusiveCause;
import org.postern.events.mail.ScanFinding;
import org.postern.events.mail.ScanResult;
import org.postern.events.mail.ScanVerdict;
import org.postern.events.mail.Severity;
import org.postern.events.mail.UnscannableReason;
import org.postern.scan.Body;
import org.postern.scan.Scanner;

/**
 * Scans by clamd's {@code INSTREAM}, a connection for each scan, on which clamd is asked for its version before and after.
 *
 * <p>clamd has no authentication, and whoever reaches it may stop it: it belongs on loopback or a closed network.
 */
public final class ClamAvScanner implements Scanner {
    static final String ENGINE = "clamav";

    private static final Duration AFTER_DEADLINE = Duration.ofSeconds(1);

    private final ClamdQuestion question;
    private final ClamdVersions versions;

    /**
     * @param client with {@link #clientOptions}
     * @param address where clamd listens; a local socket needs a Vert.x with a native transport
     * @param versionKeptFor how long the version of the engine is told without asking again
     * @param versionsAgreeFor for how long clamd must have told one version before answers are said to be of it
     */
    public ClamAvScanner(NetClient client, SocketAddress address, Duration versionKeptFor, Duration versionsAgreeFor) {
        this.question = new ClamdQuestion(client, address);
        this.versions = new ClamdVersions(question, versionKeptFor, versionsAgreeFor);
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
                .setTcpNoDelay(true)
                // clamd writes an answer of a session in two pieces and holds the second until the first is
                // acknowledged:
                // without this that takes the 40 ms for which Linux puts an acknowledgement off.
                .setTcpQuickAck(true);
    }

    @Override
    public String engine() {
        return ENGINE;
    }

    @Override
    public ScanResult scan(Body body, Deadline deadline) throws IOException, InterruptedException {
        EngineVersion counted = versions.current(deadline);
        long started = System.nanoTime();
        try {
            ClamdQuestion.Answer answer = question.ask(body, deadline);
            return result(answer.reply(), ClamdVersions.older(counted, answer.engine()), since(started));
        } catch (ClamdException e) {
            return ScanResult.inconclusive(e.why(), counted, since(started));
        }
    }

    private static ScanResult result(ClamdReply reply, EngineVersion engine, Duration took) {
        return switch (reply) {
            case ClamdReply.Ok ok -> new ScanResult(ScanVerdict.CLEAN, null, null, List.of(), engine, took);
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
