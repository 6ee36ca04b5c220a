package org.postern.spam.wiring;

import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.http.HttpClient;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jboss.logging.Logger;
import org.postern.events.codec.EventCodec;
import org.postern.spam.AssessMessage;
import org.postern.spam.AssessUpload;
import org.postern.spam.AssessmentRules;
import org.postern.spam.Assessor;
import org.postern.spam.Backoff;
import org.postern.spam.EngineProbe;
import org.postern.spam.EngineSlots;
import org.postern.spam.Pause;
import org.postern.spam.analysis.AnalysingAssessor;
import org.postern.spam.config.AssessmentConfig;
import org.postern.spam.config.PhishingConfig;
import org.postern.spam.config.RspamdConfig;
import org.postern.spam.config.StoreConfig;
import org.postern.spam.metrics.MeteredAssessor;
import org.postern.spam.phishing.PhishingAnalysis;
import org.postern.spam.phishing.Wording;
import org.postern.spam.phishing.check.Circumstances;
import org.postern.spam.phishing.tables.TableFiles;
import org.postern.spam.rspamd.RspamdAssessor;
import org.postern.spam.weighing.BadTableException;
import org.postern.spam.weighing.LiveWeights;
import org.postern.store.MessageStore;
import org.postern.store.StoreKey;
import org.postern.store.filesystem.FilesystemMessageStore;

/** The only place that knows every part. */
@ApplicationScoped
public class SpamBeans {
    /** The CloudEvents source of what this service tells. */
    private static final String SOURCE = "/spam-service";

    private static final Logger LOG = Logger.getLogger(SpamBeans.class);

    @Produces
    @Singleton
    MessageStore store(StoreConfig config) throws IOException {
        return new FilesystemMessageStore(config.root(), StoreKey.ofFile(config.keyFile()));
    }

    @Produces
    @Singleton
    EventCodec codec() {
        return new EventCodec(SOURCE, Clock.systemUTC());
    }

    @Produces
    @Singleton
    LiveWeights weights(PhishingConfig config) throws IOException, BadTableException {
        return new LiveWeights(
                config.weightsFile().orElse(null),
                mistake ->
                        LOG.errorf("THE TABLE OF WEIGHTS WAS REFUSED, the one before it stays in force: %s", mistake));
    }

    @Produces
    @Singleton
    PhishingAnalysis analysis() {
        return new PhishingAnalysis(TableFiles.bundled(), new Wording());
    }

    @Produces
    @Singleton
    Assessor assessor(
            RspamdConfig config,
            PhishingConfig phishing,
            PhishingAnalysis analysis,
            LiveWeights weights,
            MeterRegistry registry) {
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        HttpClient client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(config.connectTimeout())
                .executor(threads)
                .build();
        Assessor rspamd = new RspamdAssessor(client, config.url());
        return new MeteredAssessor(
                new AnalysingAssessor(rspamd, analysis, weights, organisation(phishing), threads), registry);
    }

    private static AnalysingAssessor.Organisation organisation(PhishingConfig config) {
        return new AnalysingAssessor.Organisation(
                config.ownDomains().orElse(List.of()),
                config.colleagues().stream()
                        .map(c -> new Circumstances.Colleague(c.name(), c.addresses()))
                        .toList());
    }

    @Produces
    @Singleton
    EngineSlots slots(RspamdConfig config, MeterRegistry registry) {
        EngineSlots slots = new EngineSlots(config.concurrency());
        registry.gauge("postern.assessment.slots.free", slots, EngineSlots::free);
        return slots;
    }

    @Produces
    @Singleton
    EngineProbe probe(Assessor assessor, AssessmentConfig config) {
        return new EngineProbe(
                assessor, config.probe().timeout(), config.probe().keptFor());
    }

    @Produces
    @Singleton
    AssessMessage assessMessage(
            MessageStore store,
            Assessor assessor,
            EngineSlots slots,
            EngineProbe probe,
            Pause pause,
            AssessmentConfig config) {
        AssessmentRules rules = new AssessmentRules(
                config.deadline(),
                config.tries(),
                new Backoff(config.backoff().first(), config.backoff().longest()));
        return new AssessMessage(store, assessor, slots, probe, rules, pause, Clock.systemUTC());
    }

    @Produces
    @Singleton
    AssessUpload assessUpload(Assessor assessor, EngineSlots slots, AssessmentConfig config) {
        return new AssessUpload(assessor, slots, config.deadline());
    }
}
