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
import java.util.random.RandomGenerator;
import org.jboss.logging.Logger;
import org.postern.mime.Limits;
import org.postern.outbound.NameResolver;
import org.postern.outbound.Network;
import org.postern.outbound.OutboundGuard;
import org.postern.outbound.Reach;
import org.postern.render.config.ImagesConfig;
import org.postern.render.config.RenderConfig;
import org.postern.render.config.RenditionConfig;
import org.postern.render.imageio.RasterImages;
import org.postern.render.images.ImageTokens;
import org.postern.render.images.PartTokens;
import org.postern.render.images.PrefetchImages;
import org.postern.render.images.ShowImages;
import org.postern.render.images.ShowParts;
import org.postern.render.remote.Trackers;
import org.postern.render.store.StoredImages;
import org.postern.render.store.StoredParts;
import org.postern.render.web.WebImages;
import org.postern.render.yaml.TrackerTable;
import org.postern.store.CacheSpace;
import org.postern.store.MessageStore;
import org.postern.store.config.ConfiguredStore;

/** Puts the image proxy together. */
@ApplicationScoped
public class ImageBeans {
    private static final Logger LOG = Logger.getLogger(ImageBeans.class);
    private static final int MOST_PREFETCHED = 10_000;
    private static final Duration IDLE = Duration.ofSeconds(30);
    private static final Duration A_DAY = Duration.ofDays(1);

    @Produces
    @Singleton
    Trackers trackers() {
        return TrackerTable.own();
    }

    @Produces
    @Singleton
    ImageTokens imageTokens(RenditionConfig rendition, ImagesConfig config) throws IOException {
        return new ImageTokens(secret(rendition), Clock.systemUTC(), config.validity());
    }

    @Produces
    @Singleton
    PartTokens partTokens(RenditionConfig rendition, ImagesConfig config) throws IOException {
        return new PartTokens(secret(rendition), Clock.systemUTC(), config.validity());
    }

    static byte[] secret(RenditionConfig rendition) throws IOException {
        return Base64.getDecoder()
                .decode(Files.readString(rendition.signingKeyFile(), StandardCharsets.US_ASCII)
                        .strip());
    }

    @Produces
    @Singleton
    RasterImages rasterImages(ImagesConfig config) {
        return new RasterImages(config.pixelLimit(), config.frameLimit());
    }

    @Produces
    @Singleton
    ShowParts showParts(MessageStore store, RasterImages maker, RenderConfig render, ImagesConfig config) {
        Limits limits =
                Limits.defaults().withText(Math.toIntExact(render.htmlLimit().asLongValue()));
        int most = Math.toIntExact(config.imageLimit().asLongValue());
        return new ShowParts(new StoredParts(store, limits, most), maker, config.concurrency());
    }

    @Produces
    @Singleton
    StoredImages storedImages(ConfiguredStore store, RenditionConfig rendition, ImagesConfig config)
            throws IOException {
        // Longer than any address is good for nobody asks.
        Duration keptFor = config.validity().plus(A_DAY);
        return new StoredImages(
                store.cache(CacheSpace.IMAGES),
                secret(rendition),
                Clock.systemUTC(),
                keptFor,
                config.cacheLimit().asLongValue());
    }

    @Produces
    @Singleton
    ShowImages showImages(Vertx vertx, ImagesConfig config, Trackers trackers, RasterImages maker, StoredImages cache) {
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
                maker,
                cache,
                Clock.systemUTC(),
                config.beforeNextTry(),
                config.concurrency());
    }

    @Produces
    @Singleton
    PrefetchImages prefetchImages(ShowImages images, ImagesConfig config) {
        return config.prefetch()
                ? new PrefetchImages(images, config.prefetchWithin(), RandomGenerator.getDefault(), MOST_PREFETCHED)
                : PrefetchImages.off(images);
    }

    void close(@Disposes PrefetchImages prefetch) {
        prefetch.close();
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
