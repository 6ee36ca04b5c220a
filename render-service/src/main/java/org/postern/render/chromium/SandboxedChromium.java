package org.postern.render.chromium;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.postern.render.preview.PreviewException;
import org.postern.render.preview.PreviewException.Reason;
import org.postern.render.preview.PreviewSize;
import org.postern.render.preview.Screenshots;

/**
 * A Chromium for each picture, which sees one page and ends. bubblewrap gives it namespaces of its own: no network, no
 * process but its own, nothing of the file system but programs and fonts, to be read. Page and picture go through pipes and
 * its own memory, so that no mail is written to a disk. Inside of that stands the sandbox of Chromium itself.
 */
public final class SandboxedChromium implements Screenshots {
    /** As many bytes as the largest picture of {@link PreviewSize} has without any compression. */
    private static final int MOST_BYTES = 3 * PreviewSize.WIDEST * PreviewSize.HIGHEST;

    private static final long MEMORY_BYTES = 256L << 20;

    // Its own words go nowhere: they could tell what it was shown.
    private static final String SHOW = """
            exec 3>&1 >/dev/null 2>&1
            program=$1
            shift
            "$program" "$@" </dev/null
            exec cat /tmp/page.png >&3
            """;

    private final Path bubblewrap;
    private final Path chromium;
    private final Duration time;
    private final Semaphore slots;

    /**
     * @param bubblewrap the program
     * @param chromium the program, under {@code /usr}
     * @param time for one picture, waiting for a slot among it
     * @param concurrency pictures at once
     */
    public SandboxedChromium(Path bubblewrap, Path chromium, Duration time, int concurrency) {
        this.bubblewrap = bubblewrap;
        this.chromium = chromium;
        this.time = time;
        this.slots = new Semaphore(concurrency, true);
    }

    @Override
    public byte[] of(byte[] page, PreviewSize size) throws PreviewException, InterruptedException {
        long end = System.nanoTime() + time.toNanos();
        if (!slots.tryAcquire(time.toNanos(), TimeUnit.NANOSECONDS)) {
            throw new PreviewException(Reason.BUSY);
        }
        try {
            return show(page, size, end);
        } catch (IOException e) {
            throw new PreviewException(System.nanoTime() < end ? Reason.FAILED : Reason.LATE, e);
        } finally {
            slots.release();
        }
    }

    private byte[] show(byte[] page, PreviewSize size, long end)
            throws IOException, PreviewException, InterruptedException {
        Process process = new ProcessBuilder(command(size))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        // Whatever hangs ends with it: bubblewrap takes all that is in the sandbox along.
        CompletableFuture<Void> late = CompletableFuture.runAsync(
                process::destroyForcibly,
                CompletableFuture.delayedExecutor(end - System.nanoTime(), TimeUnit.NANOSECONDS));
        try (OutputStream in = process.getOutputStream();
                InputStream out = process.getInputStream()) {
            in.write(page);
            in.close();
            byte[] picture = out.readNBytes(MOST_BYTES + 1);
            boolean whole = picture.length <= MOST_BYTES && process.waitFor() == 0;
            if (System.nanoTime() >= end) {
                throw new PreviewException(Reason.LATE);
            }
            if (!whole) {
                throw new PreviewException(Reason.FAILED);
            }
            return picture;
        } finally {
            late.cancel(false);
            process.destroyForcibly();
        }
    }

    private List<String> command(PreviewSize size) {
        // Programs and fonts, and a memory in the place of every folder to write to.
        return List.of(
                bubblewrap.toString(),
                "--unshare-all",
                "--die-with-parent",
                "--new-session",
                "--uid",
                "1000",
                "--gid",
                "1000",
                "--clearenv",
                "--setenv",
                "PATH",
                "/usr/bin:/bin",
                "--setenv",
                "HOME",
                "/tmp",
                "--ro-bind",
                "/usr",
                "/usr",
                "--symlink",
                "usr/bin",
                "/bin",
                "--symlink",
                "usr/lib",
                "/lib",
                "--symlink",
                "usr/lib64",
                "/lib64",
                "--ro-bind-try",
                "/etc/fonts",
                "/etc/fonts",
                "--ro-bind-try",
                "/etc/chromium.d",
                "/etc/chromium.d",
                "--proc",
                "/proc",
                "--dev",
                "/dev",
                "--size",
                Long.toString(MEMORY_BYTES),
                "--tmpfs",
                "/tmp",
                "--file",
                "0",
                "/tmp/page.html",
                "--",
                "/bin/sh",
                "-c",
                SHOW,
                "sh",
                chromium.toString(),
                "--headless",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--disable-extensions",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--no-first-run",
                "--hide-scrollbars",
                "--force-color-profile=srgb",
                "--force-device-scale-factor=1",
                "--window-size=" + size.width() + "," + size.height(),
                "--screenshot=/tmp/page.png",
                "file:///tmp/page.html");
    }
}
