package org.postern.message.yaml;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.util.HexFormat;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.postern.message.policy.InvalidPolicyException;
import org.postern.message.policy.Policy;
import org.postern.message.policy.PolicyInForce;
import org.postern.message.policy.PolicySource;

/**
 * The file of the policy, looked at again and again: a text that can be used takes effect, one that cannot is told and the
 * one before stays. By its content and not by its time, which a mounted configuration map does not keep.
 */
public final class PolicyFile implements PolicySource {
    private static final String DEFAULT = "policy.yaml";
    private static final int VERSION_DIGITS = 12;

    private final Optional<Path> file;
    private final Clock clock;
    private volatile PolicyInForce inForce;
    private volatile String seen;

    /**
     * @param file empty for the policy of this service
     * @throws InvalidPolicyException where there is no policy to begin with
     */
    public PolicyFile(Optional<Path> file, Clock clock) throws IOException {
        this.file = file;
        this.clock = clock;
        this.seen = text();
        try {
            this.inForce = read(seen);
        } catch (InvalidPolicyException e) {
            throw new InvalidPolicyException(
                    "policy " + file.map(Path::toString).orElse(DEFAULT) + ": " + e.getMessage());
        }
    }

    @Override
    public PolicyInForce inForce() {
        return inForce;
    }

    @Override
    public Policy parse(String text) {
        return PolicyReader.read(text);
    }

    /** What decides now, as rules. */
    public Policy policy() {
        return inForce.policy();
    }

    /**
     * Looks at the file again.
     *
     * @return what is in force since now, or with a mistake; empty where nothing has changed
     */
    public synchronized Optional<PolicyInForce> reload() {
        String text;
        try {
            text = text();
        } catch (IOException e) {
            return changed(inForce.mistake() == null ? "the file cannot be read" : null);
        }
        if (text.equals(seen)) {
            return Optional.empty();
        }
        seen = text;
        try {
            inForce = read(text);
            return Optional.of(inForce);
        } catch (InvalidPolicyException e) {
            return changed(String.valueOf(e.getMessage()));
        }
    }

    private Optional<PolicyInForce> changed(@Nullable String mistake) {
        if (mistake == null) {
            return Optional.empty();
        }
        inForce = inForce.despite(mistake);
        return Optional.of(inForce);
    }

    private PolicyInForce read(String text) {
        return new PolicyInForce(PolicyReader.read(text), text, version(text), clock.instant(), null);
    }

    private String text() throws IOException {
        return file.isPresent() ? Files.readString(file.get()) : builtIn();
    }

    private static String version(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash).substring(0, VERSION_DIGITS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private static String builtIn() throws IOException {
        try (InputStream in = Thread.currentThread().getContextClassLoader().getResourceAsStream(DEFAULT)) {
            if (in == null) {
                throw new IllegalStateException("there is no " + DEFAULT + " on the class path");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
