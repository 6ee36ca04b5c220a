package org.postern.message;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.postern.events.MessageId;
import org.postern.testsupport.FreePorts;
import org.postern.testsupport.OidcProvider;
import org.postern.testsupport.PackagedService;

/** The packaged service as a process of its own, with little memory, which can be killed. */
public final class ServiceProcess implements AutoCloseable {
    private static final String HEAP = "96m";

    private final PackagedService service;
    private final int milter;
    private final int mtaHooks;

    private ServiceProcess(PackagedService service, int milter, int mtaHooks) {
        this.service = service;
        this.milter = milter;
        this.mtaHooks = mtaHooks;
    }

    /** Starts one, and does not wait until it is ready. */
    public static ServiceProcess start(String name, Map<String, String> configuration) {
        return start(List.of(), name, configuration);
    }

    /** Starts one for which that folder is a disk of its own, of that size. */
    public static ServiceProcess startOnSmallDisk(
            String name, Map<String, String> configuration, Path folder, String size) {
        String mount = "mount -t tmpfs -o size=" + size + " none " + folder + " && exec \"$@\"";
        return start(List.of("unshare", "-r", "-m", "sh", "-c", mount, "sh"), name, configuration);
    }

    private static ServiceProcess start(List<String> within, String name, Map<String, String> configuration) {
        int milter = FreePorts.next();
        int mtaHooks = FreePorts.next();
        Map<String, String> all = new HashMap<>(configuration);
        all.put("postern.milter.port", Integer.toString(milter));
        all.put("postern.mta-hooks.port", Integer.toString(mtaHooks));
        return new ServiceProcess(PackagedService.start(within, name, HEAP, all), milter, mtaHooks);
    }

    /** Where it listens for mail servers. */
    public int milterPort() {
        return milter;
    }

    /** Where it listens for mail servers that speak MTA Hooks, where that is switched on. */
    public int mtaHooksPort() {
        return mtaHooks;
    }

    /** A folder as the process sees it. */
    public Path seesFolder(Path folder) {
        return service.seesFolder(folder);
    }

    /** Waits until it is ready. */
    public ServiceProcess ready() {
        service.ready();
        return this;
    }

    /** Hands a mail in. */
    public HttpResponse<String> submit(String sender, byte[] mail, String... headers)
            throws IOException, InterruptedException {
        return submit(sender, BodyPublishers.ofByteArray(mail), headers);
    }

    /** Hands a mail in. */
    public HttpResponse<String> submit(String sender, BodyPublisher mail, String... headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = request("")
                .header("Content-Type", "message/rfc822")
                .header("Envelope-From", sender)
                .header("Envelope-To", "bob@example.org")
                .POST(mail);
        if (headers.length > 0) {
            request.headers(headers);
        }
        return service.answer(request.build());
    }

    /** Reads a verdict. */
    public HttpResponse<String> read(MessageId id) throws IOException, InterruptedException {
        return service.answer(request("/" + id).GET().build());
    }

    private HttpRequest.Builder request(String path) {
        return service.request("/v1/messages" + path, OidcProvider.token("mail-submit"));
    }

    /** The id in the answer to a submission. */
    public static MessageId id(HttpResponse<String> response) {
        String location = response.headers().firstValue("Location").orElseThrow();
        return MessageId.of(location.substring(location.lastIndexOf('/') + 1));
    }

    /** Kills it as kill -9 does. */
    public void kill() throws InterruptedException {
        service.kill();
    }

    @Override
    public void close() throws InterruptedException {
        kill();
    }
}
