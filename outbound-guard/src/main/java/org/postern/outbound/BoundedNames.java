package org.postern.outbound;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Looks names up, and waits so long and no longer: whoever names a host may have a name server of their own, which may take as
 * long as the resolver of the machine lets it. All that ask for a name at the same time wait for one lookup, which goes on, on a
 * thread of its own, when nobody waits any more. An answer is not kept.
 */
public final class BoundedNames implements NameResolver {
    private final NameResolver names;
    private final Duration timeout;
    private final ConcurrentMap<String, CompletableFuture<List<InetAddress>>> lookups = new ConcurrentHashMap<>();

    /**
     * @param names what looks them up, and may block
     * @param timeout how long one that asks waits; then the name counts as unknown
     */
    public BoundedNames(NameResolver names, Duration timeout) {
        this.names = names;
        this.timeout = timeout;
    }

    @Override
    public List<InetAddress> resolve(String host) throws UnknownHostException {
        CompletableFuture<List<InetAddress>> ours = new CompletableFuture<>();
        CompletableFuture<List<InetAddress>> running = lookups.putIfAbsent(host, ours);
        if (running == null) {
            Thread.ofVirtual().name("lookup").start(() -> look(host, ours));
        }
        try {
            return (running == null ? ours : running).get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException e) {
            throw new UnknownHostException();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UnknownHostException();
        }
    }

    private void look(String host, CompletableFuture<List<InetAddress>> lookup) {
        try {
            lookup.complete(names.resolve(host));
        } catch (UnknownHostException | RuntimeException e) {
            lookup.completeExceptionally(e);
        } finally {
            lookups.remove(host, lookup);
        }
    }
}
