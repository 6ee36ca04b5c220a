package org.postern.message.http;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.postern.events.ObjectReference;
import org.postern.message.Renditions;
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
            "Cache-Control");

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
    public Answer of(ObjectReference object, Form form, Remote remote, String authorization)
            throws UnavailableException, InterruptedException {
        String path =
                switch (form) {
                    case JSON -> "/internal/v1/renditions";
                    case PAGE -> "/internal/v1/views";
                };
        String query =
                switch (remote) {
                    case BLOCKED -> "?remote=blocked";
                    case PROXIED -> "?remote=proxied";
                };
        HttpRequest request = HttpRequest.newBuilder(base.resolve(path + query))
                .timeout(timeout)
                .header("Postern-Object", signer.sign(object, validity))
                .header("Authorization", authorization)
                .GET()
                .build();
        try {
            HttpResponse<InputStream> response = client.send(request, HttpResponse.BodyHandlers.ofInputStream());
            if (response.statusCode() >= SERVER_ERRORS) {
                response.body().close();
                throw new UnavailableException(new IOException("status " + response.statusCode()));
            }
            return new Answer(response.statusCode(), headers(response), response.body());
        } catch (IOException e) {
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
