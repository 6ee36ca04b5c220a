package org.postern.message.config;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.postern.message.digest.Language;
import org.postern.message.digest.Releasable;

/** Letters that tell readers what is held from them. */
@ConfigMapping(prefix = "postern.digest")
public interface DigestConfig {
    /** Whose readers are sent them: {@code example.org}, {@code *.example.org}. Where it is absent, nobody is. */
    Optional<List<String>> domains();

    /** Where readers reach the gateway, for the links: {@code https://postern.example.org}. Needed with domains. */
    Optional<URI> origin();

    /** The address that letters are from. Needed with domains. */
    Optional<String> from();

    /** When they are sent, each day. */
    @WithDefault("07:00")
    List<LocalTime> times();

    /** The time zone of that, and of the times in the letters. */
    @WithDefault("UTC")
    ZoneId zone();

    /** The language of the letters: {@code en} or {@code fr}. */
    @WithDefault("en")
    Language language();

    /** Another language for a domain, by its name. */
    Map<String, Language> languages();

    /** What readers may release by themselves: {@code none}, {@code harmless} (neither phishing nor dangerous), {@code all} (not infected). */
    @WithDefault("harmless")
    Releasable releasable();

    /** How long a link is good, and how old a message may be to be told of. */
    @WithDefault("P7D")
    Duration validity();

    /** The most messages in a letter. */
    @WithDefault("50")
    int most();

    /** The mail server that takes the letters; where it is absent, that of released messages. */
    Optional<String> host();

    /** Its port; where it is absent, that of released messages. */
    Optional<Integer> port();

    /** How often it is looked for who is to be told. */
    @WithDefault("1M")
    Duration sweepEvery();
}
