package org.postern.benchmarks.door;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The door, HAProxy that checks the same token by RS256, and nginx that checks nothing, each before the same origin and
 * asked by the same wrk: what a request costs. Then what each adds at half load, the memory of the door over many
 * requests, and under idle streams.
 */
public final class DoorBench {
    private static final PrintStream OUT = System.out;
    /** What runs for weeks is measured as it runs then: on two slow cores its compilers take half a minute. */
    private static final int WARM_SECONDS = 45;

    private static final int MANY = 32;
    private static final int ROUND_SECONDS = 3;
    /** Options of the JVM of a second door, which stands beside the first at half load; none without it. */
    private static final String OTHER_OPTIONS = System.getenv().getOrDefault("POSTERN_DOOR_OPTIONS", "");

    private static final String PATH = "/v1/messages/019abcde-0000-7000-8000-000000000001";

    private final Path folder;
    private final Issuer issuer;
    private final String token;
    private final int seconds;

    private DoorBench(Path folder, Issuer issuer, int seconds) throws GeneralSecurityException, IOException {
        this.folder = folder;
        this.issuer = issuer;
        this.token = issuer.token("bench");
        this.seconds = seconds;
    }

    /** Arguments: the jar of the gateway, seconds of each measurement, idle streams, requests while memory is watched. */
    public static void main(String... arguments) throws Exception {
        Path folder = Files.createTempDirectory("door-bench");
        try (Issuer issuer = new Issuer()) {
            new DoorBench(folder, issuer, Integer.parseInt(arguments[1]))
                    .run(Path.of(arguments[0]), Integer.parseInt(arguments[2]), Long.parseLong(arguments[3]));
        }
    }

    private void run(Path jar, int streams, long requests) throws IOException, InterruptedException {
        int originPort = Part.freePort();
        try (Part origin =
                        nginx("origin", originPort, 0, "default_type application/json; return 200 '{\"id\":\"x\"}';");
                Part plain = nginx(
                        "nginx",
                        Part.freePort(),
                        originPort,
                        "proxy_http_version 1.1; proxy_set_header Connection \"\"; proxy_pass http://origin;");
                Part haproxy = haproxy(originPort);
                IdleOrigin idle = new IdleOrigin();
                Part door = door("door", jar, originPort, idle.port(), "")) {
            OUT.println("wrk -t 1, " + seconds + " s each; CPU is that of the proxy alone");
            OUT.printf(
                    "%-9s %11s %10s %9s %9s %12s %12s %5s%n",
                    "", "requests/s", "us CPU", "p50 ms", "p99 ms", "p50 ms at 1", "p99 ms at 1", "bad");
            Wrk.run(address(door), MANY, WARM_SECONDS, token);
            double ofHaproxy = measure(haproxy);
            double ofDoor = measure(door);
            measure(plain);
            OUT.printf("door / HAProxy with jwt_verify: %.2f%n", ofDoor / ofHaproxy);
            HalfLoad half = new HalfLoad(OUT, PATH, token, ofDoor / 2, Math.max(3, seconds / 3));
            if (OTHER_OPTIONS.isBlank()) {
                half.compare(origin, haproxy, plain, door);
            } else {
                try (Part other = door("other", jar, originPort, idle.port(), OTHER_OPTIONS)) {
                    OUT.println("other: the door with " + OTHER_OPTIONS);
                    Wrk.run(address(other), MANY, WARM_SECONDS, token);
                    half.compare(origin, haproxy, plain, door, other);
                }
            }
            memory(door, requests);
            idle(door, streams);
        }
    }

    private double measure(Part part) throws IOException, InterruptedException {
        Wrk.run(address(part), MANY, 2, token);
        long before = part.cpuMillis();
        Wrk.Result many = Wrk.run(address(part), MANY, seconds, token);
        double cpu = (part.cpuMillis() - before) * 1_000.0 / Math.max(1, many.requests());
        Wrk.Result one = Wrk.run(address(part), 1, Math.max(3, seconds / 3), token);
        OUT.printf(
                "%-9s %11.0f %10.0f %9.2f %9.2f %12.2f %12.2f %5d%n",
                part.name(),
                many.rate(),
                cpu,
                many.medianMillis(),
                many.p99Millis(),
                one.medianMillis(),
                one.p99Millis(),
                many.bad() + one.bad());
        return many.rate();
    }

    /** By tenths: a heap of a fixed size fills up first, and what leaks goes on. */
    private void memory(Part door, long requests) throws IOException, InterruptedException {
        OUT.printf("resident: %d MiB", door.residentMebibytes());
        long done = 0;
        long bad = 0;
        while (done < requests) {
            long told = done;
            while (done < Math.min(requests, told + requests / 10)) {
                Wrk.Result more = Wrk.run(address(door), MANY, ROUND_SECONDS, token);
                done += more.requests();
                bad += more.bad();
            }
            OUT.printf(", after %d requests %d MiB", done, door.residentMebibytes());
        }
        OUT.printf("; %d answered badly%n", bad);
    }

    private void idle(Part door, int count) throws IOException, InterruptedException {
        try (Streams streams = Streams.open(door.port(), token, count)) {
            OUT.printf(
                    "%d idle streams on %d connections, %d of them answered: %d MiB resident%n",
                    count, streams.connections(), streams.answered(), door.residentMebibytes());
        }
    }

    private String address(Part part) {
        return "http://127.0.0.1:" + part.port() + PATH;
    }

    private Part nginx(String name, int port, int origin, String location) throws IOException, InterruptedException {
        Path conf = write(
                "nginx.conf",
                name + ".conf",
                Map.of(
                        "@NAME@",
                        name,
                        "@PORT@",
                        Integer.toString(port),
                        "@ORIGIN@",
                        Integer.toString(origin == 0 ? 1 : origin),
                        "@LOCATION@",
                        location));
        return Part.start(
                name,
                port,
                folder.resolve(name + ".log"),
                List.of(
                        "nginx",
                        "-c",
                        conf.toString(),
                        "-e",
                        folder.resolve(name + ".err").toString()));
    }

    private Part haproxy(int origin) throws IOException, InterruptedException {
        int port = Part.freePort();
        Path key = Files.writeString(folder.resolve("key.pem"), issuer.pem());
        Path conf = write(
                "haproxy.cfg",
                "haproxy.cfg",
                Map.of(
                        "@PORT@", Integer.toString(port),
                        "@ORIGIN@", Integer.toString(origin),
                        "@ISSUER@", issuer.address(),
                        "@KEY@", key.toString()));
        return Part.start(
                "haproxy", port, folder.resolve("haproxy.log"), List.of("haproxy", "-db", "-f", conf.toString()));
    }

    private Part door(String name, Path jar, int origin, int idle, String options)
            throws IOException, InterruptedException {
        int port = Part.freePort();
        String service = "http://127.0.0.1:" + origin;
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:+UseSerialGC", "-Xmx256m"));
        Map.of(
                        "quarkus.http.port",
                        Integer.toString(port),
                        "quarkus.management.port",
                        Integer.toString(Part.freePort()),
                        "quarkus.http.io-threads",
                        "1",
                        "quarkus.oidc.auth-server-url",
                        issuer.address(),
                        "postern.identity.revocations.enabled",
                        "false",
                        "postern.gateway.services.message",
                        service,
                        "postern.gateway.services.push",
                        "http://127.0.0.1:" + idle,
                        "postern.gateway.limits.per-caller",
                        "1000000000/60S",
                        "postern.gateway.limits.streams",
                        "100000")
                .forEach((key, value) -> command.add("-D" + key + "=" + value));
        Pattern.compile("\\s+")
                .splitAsStream(options)
                .filter(option -> !option.isEmpty())
                .forEach(command::add);
        command.add("-Dquarkus.log.category.\"org.postern.gateway.access\".level=OFF");
        command.add("-Dpostern.gateway.limits.all-streams=20000");
        command.addAll(List.of("-jar", jar.toString()));
        return Part.start(name, port, folder.resolve(name + ".log"), command);
    }

    private Path write(String resource, String name, Map<String, String> values) throws IOException {
        try (InputStream in = DoorBench.class.getResourceAsStream("/door/" + resource)) {
            if (in == null) {
                throw new IllegalStateException(resource);
            }
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8).replace("@DIR@", folder.toString());
            for (Map.Entry<String, String> value : values.entrySet()) {
                text = text.replace(value.getKey(), value.getValue());
            }
            return Files.writeString(folder.resolve(name), text);
        }
    }
}
