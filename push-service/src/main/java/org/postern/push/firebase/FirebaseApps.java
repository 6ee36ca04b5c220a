package org.postern.push.firebase;

import com.google.auth.oauth2.GoogleCredentials;
import com.google.auth.oauth2.ServiceAccountCredentials;
import com.google.firebase.FirebaseApp;
import com.google.firebase.FirebaseOptions;
import com.google.firebase.messaging.FirebaseMessaging;
import java.io.ByteArrayInputStream;
import java.io.IOException;
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
     * @param timeout how long Firebase may take to be connected to, and again to answer
     * @param atOnce how many requests may be on their way at once
     * @throws IOException where the file cannot be read or does not hold credentials
     */
    public static FirebaseSender sender(Path credentials, FirebaseTerms terms, Duration timeout, int atOnce)
            throws IOException {
        int millis = Math.toIntExact(timeout.toMillis());
        FirebaseOptions options = FirebaseOptions.builder()
                .setCredentials(account(credentials))
                .setConnectTimeout(millis)
                .setReadTimeout(millis)
                .setThreadManager(new BoundedThreads(atOnce))
                .build();
        return new FirebaseSender(FirebaseMessaging.getInstance(FirebaseApp.initializeApp(options, NAME)), terms);
    }

    private static GoogleCredentials account(Path file) throws IOException {
        byte[] text = Files.readAllBytes(file);
        try {
            return ServiceAccountCredentials.fromStream(new ByteArrayInputStream(text));
        } catch (IOException | RuntimeException e) {
            // Without the cause: it may quote the file.
            throw new IOException("the file of postern.firebase.credentials-file holds no service account");
        }
    }
}
