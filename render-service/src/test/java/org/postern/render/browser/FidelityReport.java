package org.postern.render.browser;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import javax.imageio.ImageIO;

/** Newsletters before and after, side by side: {@code target/fidelity/index.html}. */
final class FidelityReport {
    private static final Path FOLDER = Path.of("target/fidelity");

    /** One newsletter in one width. */
    record Line(String name, int width, double likeness, double textKept) {}

    private final List<Line> lines = new ArrayList<>();

    void add(Line line, BufferedImage before, BufferedImage after) throws IOException {
        lines.add(line);
        Files.createDirectories(FOLDER);
        BufferedImage both = new BufferedImage(
                before.getWidth() + after.getWidth() + 8,
                Math.max(before.getHeight(), after.getHeight()),
                BufferedImage.TYPE_INT_RGB);
        both.getGraphics().drawImage(before, 0, 0, null);
        both.getGraphics().drawImage(after, before.getWidth() + 8, 0, null);
        ImageIO.write(both, "png", FOLDER.resolve(picture(line)).toFile());
    }

    private static String picture(Line line) {
        return line.name() + "-" + line.width() + ".png";
    }

    List<Line> lines() {
        return lines;
    }

    double mean() {
        return lines.stream().mapToDouble(Line::likeness).average().orElse(0);
    }

    /** The least alike first. */
    void write() throws IOException {
        Files.createDirectories(FOLDER);
        StringBuilder html = new StringBuilder("<!DOCTYPE html><meta charset=utf-8><title>Fidelity</title>"
                + "<style>body{font-family:sans-serif}img{max-width:100%;border:1px solid #999}</style><h1>Mean "
                + String.format(Locale.ROOT, "%.4f", mean()) + "</h1><p>Left the original, right the rendition.</p>");
        for (Line line : lines.stream()
                .sorted(Comparator.comparingDouble(Line::likeness))
                .toList()) {
            html.append(String.format(
                    Locale.ROOT,
                    "<h2>%s, %d wide: likeness %.4f, text kept %.2f %%</h2><img loading=lazy src=\"%s\">%n",
                    line.name(),
                    line.width(),
                    line.likeness(),
                    line.textKept() * 100,
                    picture(line)));
        }
        Files.writeString(FOLDER.resolve("index.html"), html);
    }
}
