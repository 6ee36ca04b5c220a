package org.postern.render.wiring;

import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.Clock;
import org.eclipse.microprofile.config.ConfigProvider;
import org.postern.events.codec.EventCodec;
import org.postern.render.RenderLimits;
import org.postern.render.RenderMessage;
import org.postern.render.biweekly.BiweeklyCalendars;
import org.postern.render.config.RenderConfig;
import org.postern.render.config.RenditionConfig;
import org.postern.render.kept.RenderOnce;
import org.postern.render.metrics.CountedRenditions;
import org.postern.render.owasp.OwaspHtmlSanitizer;
import org.postern.render.remote.Trackers;
import org.postern.render.store.StoredRenditions;
import org.postern.render.yaml.RedirectorTable;
import org.postern.store.CacheSpace;
import org.postern.store.MessageStore;
import org.postern.store.config.ConfiguredStore;
import org.postern.store.config.StoreConfig;
import org.postern.store.reference.ObjectReferenceSigner;

/** The only place that knows every part. */
@ApplicationScoped
public class RenderBeans {
    private static final String SOURCE = "/render-service";

    @Produces
    @Singleton
    ConfiguredStore configuredStore(StoreConfig config) throws IOException {
        return ConfiguredStore.open(config);
    }

    @Produces
    @Singleton
    MessageStore store(ConfiguredStore configured) {
        return configured.store();
    }

    @Produces
    @Singleton
    ObjectReferenceSigner signer(RenditionConfig config) throws IOException {
        return ObjectReferenceSigner.ofFile(config.signingKeyFile(), Clock.systemUTC());
    }

    @Produces
    @Singleton
    EventCodec codec() {
        return new EventCodec(SOURCE, Clock.systemUTC());
    }

    @Produces
    @Singleton
    RenderMessage renderMessage(RenderConfig config, Trackers trackers) {
        RenderLimits limits = new RenderLimits(
                config.messageLimit().asLongValue(),
                Math.toIntExact(config.htmlLimit().asLongValue()),
                config.timeLimit(),
                config.concurrency().orElse(Runtime.getRuntime().availableProcessors()));
        return new RenderMessage(
                new OwaspHtmlSanitizer(trackers, RedirectorTable.own()), new BiweeklyCalendars(), limits);
    }

    @Produces
    @Singleton
    StoredRenditions storedRenditions(ConfiguredStore store, RenditionConfig rendition, RenderConfig config)
            throws IOException {
        RenderConfig.Cache cache = config.cache();
        StoredRenditions.Limits limits = new StoredRenditions.Limits(
                cache.keptFor(),
                Math.toIntExact(cache.largest().asLongValue()),
                cache.limit().asLongValue());
        String release = ConfigProvider.getConfig().getValue("quarkus.application.version", String.class);
        String rules = RenditionRules.now(release) + " " + config.htmlLimit().asLongValue();
        return new StoredRenditions(
                store.cache(CacheSpace.RENDITIONS), ImageBeans.secret(rendition), rules, Clock.systemUTC(), limits);
    }

    @Produces
    @Singleton
    RenderOnce renderOnce(
            RenderMessage renderMessage, StoredRenditions renditions, RenderConfig config, MeterRegistry registry) {
        RenderConfig.Cache cache = config.cache();
        boolean off = cache.limit().asLongValue() == 0;
        return new RenderOnce(
                renderMessage,
                new CountedRenditions(renditions, registry),
                off ? Integer.MAX_VALUE : Math.toIntExact(cache.smallest().asLongValue()),
                off ? 0 : Math.toIntExact(cache.largest().asLongValue()));
    }
}
