package org.postern.render.kept;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.postern.events.Tenant;
import org.postern.render.PageLayout;
import org.postern.render.Rendition;
import org.postern.render.remote.RemoteUrl;

/** What every {@link RenditionCache} keeps to. */
public interface RenditionCacheContract {
    Original ONE = original(Tenant.DEFAULT, "mail blocked", "From: a@example.org\n\none");

    /** The cache. */
    RenditionCache cache();

    /** The same cache, as another replica has it. */
    RenditionCache otherReplica();

    @Test
    default void whatOneReplicaKeptEveryReplicaFinds() {
        KeptRendition kept = kept("<p>one</p>");
        cache().keep(ONE, kept);

        assertThat(otherReplica().find(ONE)).contains(kept);
    }

    @Test
    default void whatDiffersInAnythingIsAnother() {
        cache().keep(ONE, kept("<p>one</p>"));

        assertThat(List.of(
                        original(Tenant.of("other"), "mail blocked", "From: a@example.org\n\none"),
                        original(Tenant.DEFAULT, "mail proxied", "From: a@example.org\n\none"),
                        original(Tenant.DEFAULT, "mail blocked", "From: a@example.org\n\none "),
                        original(Tenant.DEFAULT, "", "From: a@example.org\n\none")))
                .allSatisfy(other -> assertThat(cache().find(other)).isEmpty());
    }

    @Test
    default void whatIsKeptLaterTakesTheOnesPlaceThatWasThere() {
        cache().keep(ONE, kept("<p>one</p>"));
        otherReplica().keep(ONE, kept("<p>another</p>"));

        assertThat(cache().find(ONE)).contains(kept("<p>another</p>"));
    }

    /** An original. */
    static Original original(Tenant tenant, String shape, String text) {
        return new Original(tenant, shape, text.getBytes(StandardCharsets.UTF_8));
    }

    /** A rendition of that. */
    static KeptRendition kept(String html) {
        Rendition rendition = new Rendition(
                html,
                "text",
                null,
                PageLayout.QUIRKS,
                "auto",
                "en",
                "light",
                new Rendition.Counts(1, 0, 0, 0, 0),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                Rendition.CSP);
        RemoteUrl url = RemoteUrl.of("https://pictures.example/a.png");
        return new KeptRendition(rendition, "mark-", List.of(new ShownImage(url, null), new ShownImage(null, "2.1")));
    }
}
