package org.postern.message.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.postern.events.ObjectReference;
import org.postern.events.codec.EventJson;
import org.postern.events.mail.Finding;
import org.postern.message.rendition.Renditions;
import org.postern.store.reference.ObjectReferenceSigner;

/** Asks the render-service, with a signed reference that names the one object it may read for us. */
public final class RenderServiceClient implements Renditions {
    private static final Duration LONGEST_CONNECT = Duration.ofSeconds(2);
    private static final int SERVER_ERRORS = 500;
    private static final List<String> CONTENT_HEADERS = List.of(
            "Content-Type",
            "Content-Length",
            "Content-Security-Policy",
            "X-Content-Type-Options",
            "Referrer-Policy",
            "Cross-Origin-Resource-Policy",
            "X-Frame-Options",
            "Permissions-Policy",
            "Cache-Control",
            "Vary");
    private static final int MOST_WARNINGS = 10;

    private final HttpClient client;
    private final URI base;
    private final Duration timeout;
    private final Duration validity;
    private final ObjectReferenceSigner signer;

    /**
     * @param base the base URL of the render-service
     * @param timeout until its answer begins
     * @param validity how long a signed reference is good
     */
    public RenderServiceClient(URI base, Duration timeout, Duration validity, ObjectReferenceSigner signer) {
        this.base = base;
        this.timeout = timeout;
        this.validity = validity;
        this.signer = signer;
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(LONGEST_CONNECT)
                .build();
    }

    @Override
    public Answer of(ObjectReference object, Form form, Remote remote, Reader reader)
            throws UnavailableException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(base.resolve(path(form, remote)))
                .timeout(timeout)
                .header("Postern-Object", signer.sign(object, validity))
                .header("Authorization", reader.authorization())
                .GET();
        if (!reader.languages().isEmpty()) {
            request.header("Accept-Language", reader.languages());
        }
        if (!reader.warnings().isEmpty()) {
            request.header("Postern-Warnings", encoded(reader.warnings()));
        }
        try {
            HttpResponse<InputStream> response =
                    client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
            if (response.statusCode() >= SERVER_ERRORS) {
                response.body().close();
                throw new UnavailableException(new IOException("status " + response.statusCode()));
            }
            return new Answer(response.statusCode(), headers(response), response.body());
        } catch (IOException e) {
            throw new UnavailableException(e);
        }
    }

    private static String path(Form form, Remote remote) {
        String fetched =
                switch (remote) {
                    case BLOCKED -> "?remote=blocked";
                    case PROXIED -> "?remote=proxied";
                };
        return switch (form) {
            case Form.Json json -> "/internal/v1/renditions" + fetched;
            case Form.Page page -> "/internal/v1/views" + fetched;
            case Form.Picture picture ->
                "/internal/v1/previews?width=" + encoded(picture.width()) + "&height=" + encoded(picture.height());
        };
    }

    private static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }

    /** Without their evidence, which no reader is shown. */
    private static String encoded(List<Finding> warnings) throws UnavailableException {
        List<Finding> shown = warnings.stream()
                .limit(MOST_WARNINGS)
                .map(finding -> new Finding(
                        finding.code(),
                        finding.severity(),
                        finding.explanation(),
                        Map.of(),
                        null,
                        finding.translations()))
                .toList();
        try {
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(EventJson.mapper().writeValueAsBytes(shown));
        } catch (JsonProcessingException e) {
            throw new UnavailableException(e);
        }
    }

    private static Map<String, String> headers(HttpResponse<?> response) {
        Map<String, String> headers = new LinkedHashMap<>();
        for (String name : CONTENT_HEADERS) {
            response.headers().firstValue(name).ifPresent(value -> headers.put(name, value));
        }
        return headers;
    }
}
