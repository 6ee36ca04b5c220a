package org.postern.render.config;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;

/** Pictures of mails, made by Chromium in a sandbox of its own. */
@ConfigMapping(prefix = "postern.preview")
public interface PreviewConfig {
    /** Whether pictures are made. They need Chromium, bubblewrap, and a kernel that lets the service make namespaces. */
    @WithDefault("false")
    boolean enabled();

    /** The program of Chromium, under {@code /usr}. */
    @WithDefault("/usr/bin/chromium")
    Path chromium();

    /** The program of bubblewrap, which makes the sandbox. */
    @WithDefault("/usr/bin/bwrap")
    Path bubblewrap();

    /** How long one picture may take, waiting for its turn among it. */
    @WithDefault("8s")
    Duration timeLimit();

    /** Pictures made at once, each by a Chromium of its own; more wait. */
    @WithDefault("1")
    int concurrency();
}
