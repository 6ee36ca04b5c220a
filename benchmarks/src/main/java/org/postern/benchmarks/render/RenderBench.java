package org.postern.benchmarks.render;

import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.ToIntFunction;

/**
 * One run over the same HTML: ours, the OWASP sanitizer alone, the cleaner of jsoup, and DOMPurify with jsdom in Node.
 * CPU time of a document, for times of a busy machine mean little. Then what large and hostile HTML takes.
 */
public final class RenderBench {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final PrintStream OUT = System.out;
    private static final int NEWSLETTER = 40 * 1024;
    private static final double MICROS = 1000;
    /** It takes fifty times as long for each, and no longer to be warm. */
    private static final int MOST_IN_NODE = 600;

    private RenderBench() {}

    /** @param args the folder of the Node peers, how many documents to warm up with and to measure, a folder of HTML */
    public static void main(String[] args) throws IOException, InterruptedException {
        Path peers = Path.of(args[0]);
        int documents = Integer.parseInt(args[1]);
        compare("a newsletter of 40 KB", List.of(Documents.newsletter(NEWSLETTER)), peers, documents);
        if (args.length > 2 && Files.isDirectory(Path.of(args[2]))) {
            List<String> templates = Documents.in(Path.of(args[2]));
            compare(templates.size() + " newsletter templates", templates, peers, documents);
        }
        large();
    }

    private static void compare(String title, List<String> htmls, Path peers, int documents)
            throws IOException, InterruptedException {
        OUT.printf(Locale.ROOT, "%n%s%n%-16s %12s %12s %12s%n", title, "", "CPU us", "p50", "best tenth");
        double ours = measure("Postern", htmls, documents, Cleaners::ours);
        List<String> unseen = Documents.unseen(htmls, 2 * documents);
        double oursUnseen = measure("Postern, unseen", unseen, documents, Cleaners::ours);
        double owaspUnseen = measure("OWASP, unseen", unseen, documents, Cleaners::owasp);
        double owasp = measure("OWASP alone", htmls, documents, Cleaners::owasp);
        measure("jsoup Cleaner", htmls, documents, Cleaners::jsoup);
        double node = node(htmls, peers, Math.min(documents, MOST_IN_NODE));
        OUT.printf(Locale.ROOT, "%-16s %12.0f%n", "DOMPurify+jsdom", node);
        OUT.printf(
                Locale.ROOT,
                "Postern is %.2f x OWASP alone, and %.1f x as fast as DOMPurify+jsdom%n",
                ours / owasp,
                node / ours);
        OUT.printf(
                Locale.ROOT, "unseen, that is with styles that differ each time: %.2f x%n", oursUnseen / owaspUnseen);
    }

    private static double measure(String name, List<String> htmls, int documents, ToIntFunction<String> cleaner) {
        run(htmls, 0, documents, cleaner);
        long[] times = run(htmls, documents, documents, cleaner);
        double cpu = Arrays.stream(times).sum() / MICROS / times.length;
        Arrays.sort(times);
        OUT.printf(
                Locale.ROOT,
                "%-16s %12.0f %12.0f %12.0f%n",
                name,
                cpu,
                times[times.length / 2] / MICROS,
                times[times.length / 10] / MICROS);
        return cpu;
    }

    /** CPU time of each, for other programs have the processor meanwhile. */
    private static long[] run(List<String> htmls, int from, int documents, ToIntFunction<String> cleaner) {
        long[] times = new long[documents];
        int length = 0;
        for (int i = 0; i < documents; i++) {
            String html = htmls.get((from + i) % htmls.size());
            long start = THREADS.getCurrentThreadCpuTime();
            length += cleaner.applyAsInt(html);
            times[i] = THREADS.getCurrentThreadCpuTime() - start;
        }
        if (length == 0) {
            throw new IllegalStateException("nothing was left");
        }
        return times;
    }

    private static double node(List<String> htmls, Path peers, int documents) throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("postern-render-bench");
        for (int i = 0; i < htmls.size(); i++) {
            Files.writeString(folder.resolve(i + ".html"), htmls.get(i));
        }
        Process node = new ProcessBuilder("node", "sanitize.js", folder.toString(), Integer.toString(documents))
                .directory(peers.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String answer = new String(node.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        if (node.waitFor() != 0) {
            throw new IOException("node failed");
        }
        for (int i = 0; i < htmls.size(); i++) {
            Files.delete(folder.resolve(i + ".html"));
        }
        Files.delete(folder);
        return Double.parseDouble(answer);
    }

    private static void large() {
        OUT.printf(Locale.ROOT, "%nlarge and hostile%n%-40s %10s %12s%n", "", "KB", "CPU ms");
        once("newsletter", Documents.newsletter(500_000));
        once("newsletter", Documents.newsletter(1_000_000));
        once("newsletter", Documents.newsletter(5_000_000));
        once("100000 tags inside one another", "<div>".repeat(100_000) + "x");
        once("100000 formatting tags left open", "<b>".repeat(100_000) + "x");
        once("tables inside one another", "<table><tr><td>".repeat(30_000) + "x");
        once("5 MB without a tag", "x ".repeat(2_500_000));
        once("50000 images", "<img src='https://i.example/a.png'>".repeat(50_000));
        once("100000 rules", "<style>" + ".a .b>.c:hover{color:red}".repeat(100_000) + "</style>x");
        once("brackets never closed", "<style>a" + "{(".repeat(500_000) + "</style>x");
        once("a long selector", "<style>" + "a ".repeat(500_000) + "{color:red}</style>x");
        once("1 MB of style attribute", "<p style='" + "color:red;".repeat(100_000) + "'>x");
        once("100000 attributes", "<p " + "a%d=b ".formatted(1).repeat(100_000) + ">x");
        once("tags never closed", "<a href='".repeat(200_000));
        once("comments never closed", "<!--".repeat(500_000));
        once("misnested", "<b><p></b><a><p></a>".repeat(20_000));
        once("entities", "&amp;&#x41;&nbsp;".repeat(300_000));
    }

    private static void once(String name, String html) {
        long start = THREADS.getCurrentThreadCpuTime();
        Cleaners.ours(html);
        long millis = (THREADS.getCurrentThreadCpuTime() - start) / 1_000_000;
        OUT.printf(Locale.ROOT, "%-40s %10d %12d%n", name, html.length() / 1024, millis);
    }
}
