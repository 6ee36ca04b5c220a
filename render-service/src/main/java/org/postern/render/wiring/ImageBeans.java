package org.postern.render.wiring;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientOptions;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.postern.outbound.NameResolver;
import org.postern.outbound.Network;
import org.postern.outbound.OutboundGuard;
import org.postern.outbound.Reach;
import org.postern.render.config.ImagesConfig;
import org.postern.render.config.RenditionConfig;
import org.postern.render.imageio.RasterImages;
import org.postern.render.images.ImageTokens;
import org.postern.render.images.ShowImages;
import org.postern.render.remote.Trackers;
import org.postern.render.store.StoredImages;
import org.postern.render.web.WebImages;
import org.postern.render.yaml.TrackerTable;
import org.postern.store.MessageStore;

/** Puts the image proxy together. */
@ApplicationScoped
public class ImageBeans {
    private static final Logger LOG = Logger.getLogger(ImageBeans.class);
    private static final Duration IDLE = Duration.ofSeconds(30);

    @Produces
    @Singleton
    Trackers trackers() {
        return TrackerTable.own();
    }

    @Produces
    @Singleton
    ImageTokens imageTokens(RenditionConfig rendition, ImagesConfig config) throws IOException {
        String secret = Files.readString(rendition.signingKeyFile(), StandardCharsets.US_ASCII)
                .strip();
        return new ImageTokens(Base64.getDecoder().decode(secret), Clock.systemUTC(), config.validity());
    }

    @Produces
    @Singleton
    StoredImages storedImages(MessageStore store, ImagesConfig config) {
        return new StoredImages(store, config.cacheLimit().asLongValue());
    }

    void close(@Disposes StoredImages images) {
        images.close();
    }

    @Produces
    @Singleton
    ShowImages showImages(Vertx vertx, ImagesConfig config, Trackers trackers, StoredImages cache) {
        List<Network> allowed = networks(config.allowedNetworks());
        if (!allowed.isEmpty()) {
            LOG.warnf(
                    "images of mails are fetched from %d networks that are not of the public Internet", allowed.size());
        }
        Reach reach = Reach.WEB.without(config.deniedHosts().orElse(List.of()), networks(config.deniedNetworks()));
        WebImages.FetchLimits limits = new WebImages.FetchLimits(
                Math.toIntExact(config.imageLimit().asLongValue()),
                config.timeLimit(),
                config.redirects(),
                config.userAgent());
        HttpClientOptions options = new HttpClientOptions()
                .setKeepAlive(false)
                .setConnectTimeout(Math.toIntExact(config.timeLimit().toMillis()))
                .setMaxPoolSize(config.concurrency());
        return new ShowImages(
                trackers,
                new WebImages(
                        vertx.createHttpClient(options),
                        new OutboundGuard(NameResolver.system(), allowed, reach),
                        limits,
                        names(config.concurrency())),
                new RasterImages(config.pixelLimit(), config.frameLimit()),
                cache,
                Clock.systemUTC(),
                config.beforeNextTry(),
                config.concurrency());
    }

    /** Looks up names, each on a thread: one whose server is away keeps none waiting behind it. */
    private static ExecutorService names(int atOnce) {
        return new ThreadPoolExecutor(
                0,
                atOnce,
                IDLE.toSeconds(),
                TimeUnit.SECONDS,
                new SynchronousQueue<>(),
                Thread.ofPlatform().daemon().name("image-names-", 0).factory());
    }

    private static List<Network> networks(Optional<List<String>> blocks) {
        return blocks.orElse(List.of()).stream().map(Network::of).toList();
    }
}
