package org.postern.render.chromium;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postern.render.preview.PreviewException;
import org.postern.render.preview.PreviewSize;

/** Real Chromium and real bubblewrap. The pages here are as nobody cleaned them: only the sandbox holds them. */
class SandboxedChromiumIT {
    private static final Path BUBBLEWRAP = Path.of("/usr/bin/bwrap");
    private static final Path CHROMIUM = Path.of("/usr/bin/chromium");
    private static final PreviewSize SMALL = new PreviewSize(300, 200);
    private static final int RED = 0xffff0000;
    private static final int BLUE = 0xff0000ff;
    private static final int WHITE = 0xffffffff;

    private final SandboxedChromium screenshots =
            new SandboxedChromium(BUBBLEWRAP, CHROMIUM, Duration.ofSeconds(60), 1);

    @Test
    void a_page_is_shown_as_large_as_it_was_asked_for() throws Exception {
        BufferedImage picture = picture("<body style='background:red'>");

        assertThat(picture.getWidth()).isEqualTo(300);
        assertThat(picture.getHeight()).isEqualTo(200);
        assertThat(picture.getRGB(150, 100)).isEqualTo(RED);
    }

    @Test
    void a_hostile_page_reaches_no_network() throws Exception {
        AtomicBoolean reached = new AtomicBoolean();
        try (ServerSocket site = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
            CompletableFuture<Void> waiting = CompletableFuture.runAsync(() -> {
                try (var connection = site.accept()) {
                    reached.set(connection.isConnected());
                } catch (IOException e) {
                    // Closed by the test, and reached by nobody.
                }
            });
            String at = "http://127.0.0.1:" + site.getLocalPort();

            BufferedImage picture = picture("<body style='background:blue'><img src='" + at + "/a.png'>"
                    + "<script>new Image().src='" + at + "/b.png';fetch('" + at + "/c');"
                    + "document.body.style.background='red'</script>");

            // It ran, so that it did try.
            assertThat(picture.getRGB(250, 150)).isEqualTo(RED);
            site.close();
            waiting.join();
        }
        assertThat(reached).isFalse();
    }

    @Test
    void a_hostile_page_sees_no_file_of_the_machine(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("red.png");
        BufferedImage red = new BufferedImage(300, 200, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < 300 * 200; i++) {
            red.setRGB(i % 300, i / 300, RED);
        }
        ImageIO.write(red, "png", file.toFile());
        String page = "<body style='margin:0'><img src='%s' style='display:block' alt=''>";

        BufferedImage ofFile = picture(page.formatted(file.toUri()));
        BufferedImage within = picture(page.formatted(
                "data:image/png;base64," + Base64.getEncoder().encodeToString(Files.readAllBytes(file))));

        assertThat(ofFile.getRGB(150, 100)).isEqualTo(WHITE);
        assertThat(within.getRGB(150, 100)).isEqualTo(RED);
    }

    @Test
    void what_takes_too_long_is_ended_with_all_its_processes() {
        SandboxedChromium hurried = new SandboxedChromium(BUBBLEWRAP, CHROMIUM, Duration.ofMillis(100), 1);

        assertThatThrownBy(() -> hurried.of(page("<p>x</p>"), SMALL))
                .isInstanceOfSatisfying(
                        PreviewException.class, e -> assertThat(e.reason()).isEqualTo(PreviewException.Reason.LATE));
        List<ProcessHandle> left = ProcessHandle.current()
                .descendants()
                .filter(one -> one.info().command().orElse("").endsWith("bwrap"))
                .toList();
        assertThat(left)
                .allSatisfy(one -> one.onExit().orTimeout(20, TimeUnit.SECONDS).join());
    }

    @Test
    void a_second_one_waits_for_its_turn_and_not_longer_than_it_may() throws Exception {
        SandboxedChromium patient = new SandboxedChromium(BUBBLEWRAP, CHROMIUM, Duration.ofSeconds(60), 1);

        CompletableFuture<BufferedImage> first = CompletableFuture.supplyAsync(() -> shown(patient, "red"));
        CompletableFuture<BufferedImage> second = CompletableFuture.supplyAsync(() -> shown(patient, "blue"));

        assertThat(first.join().getRGB(10, 10)).isEqualTo(RED);
        assertThat(second.join().getRGB(10, 10)).isEqualTo(BLUE);
    }

    @Test
    void without_its_programs_it_says_that_it_failed(@TempDir Path folder) {
        SandboxedChromium missing = new SandboxedChromium(folder.resolve("bwrap"), CHROMIUM, Duration.ofSeconds(60), 1);
        SandboxedChromium empty =
                new SandboxedChromium(BUBBLEWRAP, Path.of("/usr/bin/no-such-browser"), Duration.ofSeconds(60), 1);

        for (SandboxedChromium one : List.of(missing, empty)) {
            assertThatThrownBy(() -> one.of(page("<p>x</p>"), SMALL))
                    .isInstanceOfSatisfying(PreviewException.class, e -> assertThat(e.reason())
                            .isEqualTo(PreviewException.Reason.FAILED));
        }
    }

    private static BufferedImage shown(SandboxedChromium screenshots, String color) {
        try {
            return read(screenshots.of(page("<body style='background:" + color + "'>"), SMALL));
        } catch (PreviewException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private BufferedImage picture(String html) throws Exception {
        return read(screenshots.of(page(html), SMALL));
    }

    private static byte[] page(String html) {
        return ("<!DOCTYPE html><meta charset=utf-8>" + html).getBytes(StandardCharsets.UTF_8);
    }

    private static BufferedImage read(byte[] png) {
        try {
            return ImageIO.read(new ByteArrayInputStream(png));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
