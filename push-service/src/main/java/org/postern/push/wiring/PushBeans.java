package org.postern.push.wiring;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Clock;
import java.util.List;
import org.postern.events.RecipientHashKey;
import org.postern.events.codec.EventCodec;
import org.postern.push.TypeNames;
import org.postern.push.account.AccountDirectory;
import org.postern.push.config.RecipientsConfig;
import org.postern.push.config.SubscriptionConfig;
import org.postern.push.file.FileAccountDirectory;
import org.postern.push.stream.LiveStreams;

/** The beans that are about no part of the service alone. */
final class PushBeans {
    @Produces
    @Singleton
    Clock clock() {
        return Clock.systemUTC();
    }

    @Produces
    @Singleton
    EventCodec codec(Clock clock) {
        return new EventCodec("/push-service", clock);
    }

    @Produces
    @Singleton
    TypeNames types(SubscriptionConfig config) {
        return TypeNames.with(config.moreTypes().orElse(List.of()));
    }

    @Produces
    @Singleton
    LiveStreams streams() {
        return new LiveStreams();
    }

    @Produces
    @Singleton
    RecipientHashKey hashKey(RecipientsConfig config) throws IOException {
        return RecipientHashKey.ofBase64(Files.readString(config.keyFile(), StandardCharsets.US_ASCII));
    }

    @Produces
    @Singleton
    AccountDirectory directory(RecipientsConfig config, RecipientHashKey key, DirectoryReload reload)
            throws IOException {
        if (config.directoryFile().isEmpty()) {
            return AccountDirectory.ofHashes();
        }
        FileAccountDirectory directory =
                FileAccountDirectory.of(config.directoryFile().get(), key);
        reload.of(directory);
        return directory;
    }
}
