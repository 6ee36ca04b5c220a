package org.postern.render.browser;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;

/** A web site on the loopback interface that has a picture for every address: drawn from it, in the size it names. */
final class PictureSite implements AutoCloseable {
    private static final Pattern SIZE = Pattern.compile("(\\d{1,4})x(\\d{1,4})\\.(png|jpe?g|gif)$");
    private static final Pattern TYPE = Pattern.compile("\\.(png|jpe?g|gif)$");

    private final Vertx vertx = Vertx.vertx();
    private final HttpServer server;
    private final Map<String, byte[]> pictures = new ConcurrentHashMap<>();
    private final AtomicInteger asked = new AtomicInteger();

    PictureSite() {
        server = vertx.createHttpServer()
                .requestHandler(request -> {
                    byte[] picture = pictures.get(request.path());
                    asked.incrementAndGet();
                    request.response()
                            .setStatusCode(picture == null ? 404 : 200)
                            .end(picture == null ? Buffer.buffer() : Buffer.buffer(picture));
                })
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .join();
    }

    /** The address here of a picture that is elsewhere. */
    String take(String url) {
        String path = "/" + Integer.toHexString(url.hashCode()) + "/" + url.substring(url.lastIndexOf('/') + 1);
        pictures.computeIfAbsent(path, PictureSite::draw);
        return "http://127.0.0.1:" + server.actualPort() + path;
    }

    /** The bytes under an address here. */
    byte[] bytes(String url) {
        return Objects.requireNonNull(pictures.get(url.substring(url.indexOf('/', "http://".length()))), url);
    }

    /** How often anything was asked for. */
    int asked() {
        return asked.get();
    }

    private static byte[] draw(String path) {
        Matcher size = SIZE.matcher(path);
        boolean sized = size.find();
        int width = sized ? Integer.parseInt(size.group(1)) : 300;
        int height = sized ? Integer.parseInt(size.group(2)) : 150;
        Matcher type = TYPE.matcher(path);
        String format = type.find() ? type.group(1) : "png";
        BufferedImage picture = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D pen = picture.createGraphics();
        int seed = new String(path.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1).hashCode();
        Color from = new Color(seed & 0xffffff);
        pen.setPaint(new GradientPaint(0, 0, from, width, height, new Color(~seed & 0xffffff)));
        pen.fillRect(0, 0, width, height);
        pen.setColor(Color.WHITE);
        pen.fillOval(width / 4, height / 4, width / 2, height / 2);
        pen.setColor(from);
        pen.drawLine(0, height, width, 0);
        pen.dispose();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            if (!ImageIO.write(picture, format.equals("jpeg") ? "jpg" : format, bytes)) {
                throw new IllegalStateException("no writer of " + format);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    @Override
    public void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
