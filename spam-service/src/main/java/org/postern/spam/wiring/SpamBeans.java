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
import org.postern.edge.tracing.Tracing;
import org.postern.engine.Backoff;
import org.postern.engine.EngineSlots;
import org.postern.engine.Pause;
import org.postern.engine.TryRules;
import org.postern.events.codec.EventCodec;
import org.postern.spam.AssessMessage;
import org.postern.spam.AssessUpload;
import org.postern.spam.Assessor;
import org.postern.spam.EngineProbe;
import org.postern.spam.analysis.Acquaintances;
import org.postern.spam.analysis.AnalysingAssessor;
import org.postern.spam.analysis.Upstream;
import org.postern.spam.config.AssessmentConfig;
import org.postern.spam.config.PhishingConfig;
import org.postern.spam.config.RspamdConfig;
import org.postern.spam.metrics.MeteredAssessor;
import org.postern.spam.metrics.TracedAssessor;
import org.postern.spam.phishing.PhishingAnalysis;
import org.postern.spam.phishing.Wording;
import org.postern.spam.phishing.check.Circumstances;
import org.postern.spam.phishing.tables.TableFiles;
import org.postern.spam.rspamd.RspamdAssessor;
import org.postern.spam.weighing.BadTableException;
import org.postern.spam.weighing.LiveWeights;
import org.postern.store.MessageStore;
import org.postern.store.config.ConfiguredStore;
import org.postern.store.config.StoreConfig;

/** The only place that knows every part. */
@ApplicationScoped
public class SpamBeans {
    /** The CloudEvents source of what this service tells. */
    private static final String SOURCE = "/spam-service";

    private static final Logger LOG = Logger.getLogger(SpamBeans.class);

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    @Produces
    @Singleton
    MessageStore store(StoreConfig config) throws IOException {
        return ConfiguredStore.open(config).store();
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
    HttpClient rspamdClient(RspamdConfig config) {
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(config.connectTimeout())
                .executor(threads)
                .build();
    }

    @Produces
    @Singleton
    Assessor assessor(
            RspamdConfig config,
            HttpClient client,
            AnalysingAssessor.Organisation organisation,
            PhishingAnalysis analysis,
            LiveWeights weights,
            Acquaintances acquaintances,
            MeterRegistry registry,
            Tracing tracing) {
        Assessor rspamd = new RspamdAssessor(client, config.url());
        return new TracedAssessor(
                new MeteredAssessor(
                        new AnalysingAssessor(rspamd, analysis, weights, organisation, acquaintances, threads),
                        registry),
                tracing);
    }

    @Produces
    @Singleton
    AnalysingAssessor.Organisation organisation(PhishingConfig config, AssessmentConfig assessment) {
        return new AnalysingAssessor.Organisation(
                config.ownDomains().orElse(List.of()),
                config.colleagues().stream()
                        .map(c -> new Circumstances.Colleague(c.name(), c.addresses()))
                        .toList(),
                new Upstream(
                        assessment.upstream().authservIds().orElse(List.of()),
                        assessment.upstream().hops()));
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
        TryRules rules = new TryRules(
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
