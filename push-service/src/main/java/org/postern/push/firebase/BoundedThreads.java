package org.postern.push.firebase;

import com.google.firebase.FirebaseApp;
import com.google.firebase.ThreadManager;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;

/** The threads of the SDK: it makes a request on each, and would by itself have as many of the platform as there are messages. */
final class BoundedThreads extends ThreadManager {
    private final int most;

    /** @param most requests at once; others wait for one of them to end */
    BoundedThreads(int most) {
        this.most = most;
    }

    @Override
    protected ExecutorService getExecutor(FirebaseApp app) {
        return Executors.newFixedThreadPool(most, getThreadFactory());
    }

    @Override
    protected void releaseExecutor(FirebaseApp app, ExecutorService executor) {
        executor.shutdownNow();
    }

    @Override
    protected ThreadFactory getThreadFactory() {
        return Thread.ofVirtual().name("firebase-sdk-", 0).factory();
    }
}
