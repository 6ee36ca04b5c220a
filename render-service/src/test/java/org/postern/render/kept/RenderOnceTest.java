package org.postern.render.kept;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postern.events.ObjectReference;
import org.postern.events.Tenant;
import org.postern.events.codec.EventJson;
import org.postern.render.Corpus;
import org.postern.render.HtmlSanitizer;
import org.postern.render.RenderLimits;
import org.postern.render.RenderMessage;
import org.postern.render.RenderingException;
import org.postern.render.Rendition;
import org.postern.render.biweekly.BiweeklyCalendars;
import org.postern.render.images.CarriedImages;
import org.postern.render.images.ImageTokens;
import org.postern.render.images.PartTokens;
import org.postern.render.images.ProxiedImages;
import org.postern.render.owasp.OwaspHtmlSanitizer;
import org.postern.render.remote.RemoteImages;
import org.postern.render.store.StoredRenditions;
import org.postern.render.yaml.RedirectorTable;
import org.postern.render.yaml.TrackerTable;
import org.postern.store.CacheSpace;
import org.postern.store.MessageStore;
import org.postern.store.ObjectMissingException;
import org.postern.store.StoreKey;
import org.postern.store.filesystem.FilesystemCache;
import org.postern.store.filesystem.FilesystemMessageStore;

class RenderOnceTest {
    private static final StoreKey KEY = StoreKey.ofText("AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=");
    private static final byte[] SECRET = new byte[32];
    private static final Instant NOW = Instant.parse("2026-11-30T12:00:00Z");
    private static final OwaspHtmlSanitizer SANITIZER =
            new OwaspHtmlSanitizer(TrackerTable.own(), RedirectorTable.own());
    private static final ObjectMapper JSON = EventJson.mapper();
    private static final String MAIL = """
            From: a@example.org
            To: reader@example.org
            MIME-Version: 1.0
            Content-Type: multipart/related; boundary=b

            --b
            Content-Type: text/html; charset=utf-8

            <style>.a{background:url(https://pictures.example/b.png)}</style>
            <p class="a">Hello held-0- canary</p><img src="cid:i@x">
            <img src="https://pictures.example/a.png"><img src="https://pictures.example/a.png?for=reader@example.org">
            --b
            Content-Type: image/gif
            Content-ID: <i@x>
            Content-Transfer-Encoding: base64

            R0lGODlhAQABAIAAAAAAAP///ywAAAAAAQABAAACAUwAOw==
            --b--
            """;

    private final AtomicInteger sanitized = new AtomicInteger();

    @TempDir
    Path folder;

    @Test
    void theSameMailIsRenderedOnceForAllReplicas() throws IOException {
        Rendition first = replica().mail(in(MAIL), wanted("proxied"));
        Rendition again = replica().mail(in(MAIL), wanted("proxied"));

        assertThat(sanitized).hasValue(1);
        assertThat(again).isEqualTo(first);
    }

    @Test
    void whateverShapesARenditionMakesAnother() throws IOException {
        RenderOnce once = replica();
        String html = "<p>gr\u00fcn</p>";
        once.mail(in(MAIL), wanted("blocked"));
        once.mail(in(MAIL), wanted("proxied"));
        once.mail(in(MAIL + "\n"), wanted("proxied"));
        once.mail(in(MAIL), new Wanted(Tenant.of("other"), "proxied", RemoteImages.blocked()));
        once.html(in(MAIL), null, wanted("proxied"));
        once.html(in(html), null, wanted("proxied"));
        once.html(in(html), "utf-8", wanted("proxied"));
        once.html(in(html), "iso-8859-1", wanted("proxied"));

        assertThat(sanitized).hasValue(8);
    }

    @Test
    void whatIsFoundIsByteForByteWhatWouldBeRendered() throws IOException {
        RenderOnce once = new RenderOnce(renderMessage(Duration.ofSeconds(20)), renditions("1"), 0, 1_000_000);
        for (Map.Entry<String, String> html : Corpus.all().entrySet()) {
            for (String remote : new String[] {"blocked", "proxied"}) {
                String mail = "From: a@example.org\nContent-Type: text/html; charset=utf-8\n\n" + html.getValue();
                Rendition direct = renderMessage(Duration.ofSeconds(20)).mail(in(mail), images(remote, NOW));
                Rendition missed = once.mail(in(mail), wanted(remote));
                int before = sanitized.get();
                Rendition hit = once.mail(in(mail), wanted(remote));

                if (!direct.isShownAsText()) {
                    assertThat(sanitized).as(html.getKey()).hasValue(before);
                }
                assertThat(JSON.writeValueAsString(missed))
                        .as(html.getKey())
                        .isEqualTo(JSON.writeValueAsString(direct));
                assertThat(JSON.writeValueAsString(hit)).as(html.getKey()).isEqualTo(JSON.writeValueAsString(direct));
            }
        }
    }

    @Test
    void addressesOfImagesAreMadeForWhoAsksAndNeverKept() throws IOException {
        RememberedRenditions remembered = new RememberedRenditions();
        RenderOnce once = new RenderOnce(renderMessage(Duration.ofSeconds(20)), remembered, 0, 100_000);
        MessageStore store = new FilesystemMessageStore(folder, KEY);
        ObjectReference one = put(store);
        ObjectReference other = put(store);
        Instant tomorrow = NOW.plus(Duration.ofDays(1));

        Rendition first = once.mail(in(MAIL), stored(one, NOW));
        Rendition later = once.mail(in(MAIL), stored(other, tomorrow));

        assertThat(sanitized).hasValue(1);
        assertThat(first).isEqualTo(renderMessage(Duration.ofSeconds(20)).mail(in(MAIL), carried(one, NOW)));
        assertThat(later).isEqualTo(renderMessage(Duration.ofSeconds(20)).mail(in(MAIL), carried(other, tomorrow)));
        assertThat(later.html())
                .contains(other.id().value(), "held-0-")
                .doesNotContain(one.id().value());
        assertThat(JSON.writeValueAsString(remembered.all()))
                .doesNotContain(one.id().value(), one.sha256().hex(), "/v1/images/v1.", "/v1/images/m1.");
    }

    @Test
    void anErasedMailTakesItsRenditionAlongOnEveryReplica() throws IOException {
        MessageStore store = new FilesystemMessageStore(folder, KEY);
        ObjectReference mail = put(store);
        for (int replica = 0; replica < 2; replica++) {
            read(store, mail, replica());
        }
        assertThat(sanitized).hasValue(1);

        store.erase(mail.tenant(), mail.id());

        for (int replica = 0; replica < 2; replica++) {
            RenderOnce any = replica();
            assertThatThrownBy(() -> read(store, mail, any)).isInstanceOf(ObjectMissingException.class);
        }
        // What is left until it is old is under a key made of the mail. Neither the hash of it nor any key of ours
        // opens it.
        StoredRenditions renditions = renditions("1");
        for (byte[] known : List.of(
                mail.sha256().hex().getBytes(StandardCharsets.US_ASCII),
                mail.toString().getBytes(StandardCharsets.UTF_8),
                new byte[0])) {
            assertThat(renditions.find(new Original(Tenant.DEFAULT, "mail\0stored", known)))
                    .isEmpty();
        }
    }

    @Test
    void erasingOneMailTakesNothingFromWhoHasTheSame() throws IOException {
        MessageStore store = new FilesystemMessageStore(folder, KEY);
        ObjectReference one = put(store);
        ObjectReference other = put(store);
        Rendition before = read(store, other, replica());

        store.erase(one.tenant(), one.id());

        assertThat(read(store, other, replica())).isEqualTo(before);
        assertThat(sanitized).hasValue(1);
    }

    @Test
    void aMailThatWasChangedInTheStoreIsNotShownFromTheCache() throws IOException {
        MessageStore store = new FilesystemMessageStore(folder, KEY);
        ObjectReference mail = put(store);
        read(store, mail, replica());
        for (Path file : files(".body")) {
            byte[] bytes = Files.readAllBytes(file);
            bytes[bytes.length - 1] ^= 1;
            Files.write(file, bytes);
        }

        assertThatThrownBy(() -> read(store, mail, replica())).isInstanceOf(IOException.class);
    }

    @Test
    void whatWasChangedInTheCacheIsRenderedAnewAndKept() throws IOException {
        Rendition first = replica().mail(in(MAIL), wanted("proxied"));
        Path kept = files("").getFirst();
        byte[] bytes = Files.readAllBytes(kept);
        bytes[bytes.length / 2] ^= 1;
        Files.write(kept, bytes);

        assertThat(replica().mail(in(MAIL), wanted("proxied"))).isEqualTo(first);
        assertThat(replica().mail(in(MAIL), wanted("proxied"))).isEqualTo(first);
        assertThat(sanitized).hasValue(2);
    }

    @Test
    void ofManyAtOnceAllGetTheSame() throws Exception {
        List<Callable<Rendition>> readers = new ArrayList<>();
        for (int i = 0; i < 64; i++) {
            RenderOnce any = replica();
            readers.add(() -> any.mail(in(MAIL), wanted("proxied")));
        }
        List<Rendition> seen = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Rendition> one : threads.invokeAll(readers)) {
                seen.add(one.get());
            }
        }

        Rendition alone = renderMessage(Duration.ofSeconds(20)).mail(in(MAIL), images("proxied", NOW));
        assertThat(seen).hasSize(64).allSatisfy(one -> assertThat(one).isEqualTo(alone));
        assertThat(files("")).hasSize(1);
    }

    @Test
    void whatTookTooLongIsNotKept() throws IOException {
        RenderOnce hurried = new RenderOnce(renderMessage(Duration.ofNanos(1)), renditions("1"), 0, 100_000);

        assertThatThrownBy(() -> hurried.mail(in(MAIL), wanted("blocked"))).isInstanceOf(RenderingException.class);
        assertThat(folder).isEmptyDirectory();

        AtomicInteger tries = new AtomicInteger();
        HtmlSanitizer slowAtFirst = (html, images, remote, budget) -> {
            if (tries.getAndIncrement() == 0) {
                throw new RenderingException(RenderingException.Reason.TOO_EXPENSIVE, "slow");
            }
            return SANITIZER.sanitize(html, images, remote, budget);
        };
        RenderOnce slow = new RenderOnce(
                new RenderMessage(slowAtFirst, new BiweeklyCalendars(), limits(Duration.ofSeconds(20))),
                renditions("1"),
                0,
                100_000);
        assertThat(slow.mail(in(MAIL), wanted("blocked")).isShownAsText()).isTrue();
        assertThat(folder).isEmptyDirectory();
        assertThat(slow.mail(in(MAIL), wanted("blocked")).isShownAsText()).isFalse();
        assertThat(folder).isNotEmptyDirectory();
    }

    @Test
    void whatIsSmallAndWhatIsLargeIsRenderedAndNotKept() throws IOException {
        String large = MAIL + "x".repeat(200_000);
        RenderOnce once = new RenderOnce(renderMessage(Duration.ofSeconds(20)), renditions("1"), 100, 100_000);

        assertThat(once.html(in("<p>small</p>"), null, wanted("blocked")).html())
                .isEqualTo("<p>small</p>");
        assertThat(once.mail(in(large), wanted("proxied")))
                .isEqualTo(renderMessage(Duration.ofSeconds(20)).mail(in(large), images("proxied", NOW)));
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void aStoreThatIsAwayIsNoFailure() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));
        StoredRenditions broken = new StoredRenditions(
                new FilesystemCache(file, CacheSpace.RENDITIONS, KEY),
                SECRET,
                "1",
                Clock.systemUTC(),
                new StoredRenditions.Limits(Duration.ofHours(1), 100_000, 100_000));
        RenderOnce once = new RenderOnce(renderMessage(Duration.ofSeconds(20)), broken, 0, 100_000);

        assertThat(once.mail(in(MAIL), wanted("blocked")).text()).contains("Hello");
        assertThat(once.mail(in(MAIL), wanted("blocked")).text()).contains("Hello");
    }

    private RenderOnce replica() {
        return new RenderOnce(renderMessage(Duration.ofSeconds(20)), renditions("1"), 0, 100_000);
    }

    private StoredRenditions renditions(String rules) {
        return new StoredRenditions(
                new FilesystemCache(folder, CacheSpace.RENDITIONS, KEY),
                SECRET,
                rules,
                Clock.systemUTC(),
                new StoredRenditions.Limits(Duration.ofHours(1), 1_000_000, 1 << 30));
    }

    private RenderMessage renderMessage(Duration time) {
        HtmlSanitizer counting = (html, images, remote, budget) -> {
            sanitized.incrementAndGet();
            return SANITIZER.sanitize(html, images, remote, budget);
        };
        return new RenderMessage(counting, new BiweeklyCalendars(), limits(time));
    }

    private static RenderLimits limits(Duration time) {
        return new RenderLimits(1_000_000, 1_000_000, time, 2);
    }

    private static Wanted wanted(String remote) {
        return new Wanted(Tenant.DEFAULT, remote, images(remote, NOW));
    }

    private static Wanted stored(ObjectReference mail, Instant now) {
        return new Wanted(Tenant.DEFAULT, "stored", carried(mail, now));
    }

    private static RemoteImages images(String remote, Instant now) {
        return remote.equals("blocked")
                ? RemoteImages.blocked()
                : new ProxiedImages(
                        new ImageTokens(SECRET, at(now), Duration.ofDays(7)),
                        Tenant.DEFAULT,
                        "https://mail.example.org:8443");
    }

    private static RemoteImages carried(ObjectReference mail, Instant now) {
        return new CarriedImages(
                new PartTokens(SECRET, at(now), Duration.ofDays(7)),
                mail,
                "https://mail.example.org:8443",
                images("proxied", now));
    }

    private static Clock at(Instant instant) {
        return InstantSource.fixed(instant).withZone(ZoneOffset.UTC);
    }

    private static Rendition read(MessageStore store, ObjectReference mail, RenderOnce once) throws IOException {
        try (InputStream in = store.open(mail)) {
            return once.mail(in, stored(mail, NOW));
        }
    }

    private static ObjectReference put(MessageStore store) throws IOException {
        return store.put(Tenant.DEFAULT, in(MAIL), 100_000);
    }

    private List<Path> files(String ending) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile)
                    .filter(file -> file.toString().endsWith(ending))
                    .toList();
        }
    }

    private static InputStream in(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }
}
