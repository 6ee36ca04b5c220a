package org.postern.benchmarks;

import com.zerodeplibs.webpush.MessageEncryptions;
import com.zerodeplibs.webpush.PushMessage;
import com.zerodeplibs.webpush.UserAgentMessageEncryptionKeyInfo;
import java.security.Provider;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.postern.push.corretto.NativeCurves;
import org.postern.push.subscription.Destination;
import org.postern.push.webpush.PushEncryption;
import org.postern.testsupport.PushDevice;

/** The body of a push, with a key pair of its own, beside the library that makes it with the platform's curves. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
@SuppressWarnings("NullAway.Init") // set up by the harness before a benchmark runs
public class PushEncryptionBenchmark {
    /** Bytes of the document: a StateChange of one type, and the longest one. */
    @Param({"120", "3993"})
    public int size;

    private byte[] document;
    private Destination.WebPush device;
    private PushEncryption nativeCurves;
    private PushEncryption platformCurves;

    @Setup
    public void prepare() {
        PushDevice keys = new PushDevice();
        document = new byte[size];
        device = new Destination.WebPush("https://push.example.com/x", keys.p256dh(), keys.auth());
        Provider provider = NativeCurves.load().provider();
        if (provider == null) {
            throw new IllegalStateException("there is no native library here");
        }
        nativeCurves = new PushEncryption(provider);
        platformCurves = PushEncryption.ofPlatform();
    }

    @Benchmark
    public byte[] nativeCurves() {
        return nativeCurves.encrypted(device, document);
    }

    @Benchmark
    public byte[] platformCurves() {
        return platformCurves.encrypted(device, document);
    }

    @Benchmark
    public byte[] library() {
        return MessageEncryptions.of()
                .encrypt(UserAgentMessageEncryptionKeyInfo.of(device.p256dh(), device.auth()), PushMessage.of(document))
                .toBytes();
    }
}
