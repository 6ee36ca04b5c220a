package org.postern.push.corretto;

import com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider;
import com.amazon.corretto.crypto.provider.SelfTestStatus;
import java.security.Provider;
import org.jspecify.annotations.Nullable;

/**
 * The native library, if it can be loaded on this machine: it has halves for Linux on x86-64 and on 64-bit ARM, and unpacks
 * itself to {@code java.io.tmpdir}. It is asked by who holds it and nobody else: it is not made the platform's first choice,
 * so that TLS and everything else stay as they are.
 *
 * @param provider what to ask; null where it cannot be loaded
 * @param reason why not, as a word that names nothing of this machine; empty where it can
 */
public record NativeCurves(@Nullable Provider provider, String reason) {
    /** Loads it, and has it test itself. Never throws. */
    public static NativeCurves load() {
        try {
            return of(AmazonCorrettoCryptoProvider.INSTANCE);
        } catch (LinkageError e) {
            return new NativeCurves(null, e.getClass().getSimpleName());
        }
    }

    private static NativeCurves of(AmazonCorrettoCryptoProvider library) {
        Throwable error = library.getLoadingError();
        if (error != null) {
            return new NativeCurves(null, error.getClass().getSimpleName());
        }
        return library.runSelfTests() == SelfTestStatus.PASSED
                ? new NativeCurves(library, "")
                : new NativeCurves(null, "it failed its own tests");
    }
}
