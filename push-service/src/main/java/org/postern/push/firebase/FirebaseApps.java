package org.postern.push.firebase;

import com.google.auth.oauth2.GoogleCredentials;
import com.google.firebase.FirebaseApp;
import com.google.firebase.FirebaseOptions;
import com.google.firebase.messaging.FirebaseMessaging;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** Opens Firebase with the credentials of a service account. */
public final class FirebaseApps {
    private static final String NAME = "postern";

    private FirebaseApps() {}

    /**
     * A sender for the project of the credentials.
     *
     * @throws IOException where the file cannot be read or does not hold credentials
     */
    public static FirebaseSender sender(Path credentials, boolean dryRun, Duration timeToLive, Duration timeout)
            throws IOException {
        try (InputStream in = Files.newInputStream(credentials)) {
            int millis = Math.toIntExact(timeout.toMillis());
            FirebaseOptions options = FirebaseOptions.builder()
                    .setCredentials(GoogleCredentials.fromStream(in))
                    .setConnectTimeout(millis)
                    .setReadTimeout(millis)
                    .build();
            return new FirebaseSender(
                    FirebaseMessaging.getInstance(FirebaseApp.initializeApp(options, NAME)),
                    dryRun,
                    timeToLive,
                    timeout.multipliedBy(2));
        }
    }
}
