package org.postern.benchmarks.render;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** HTML to clean. */
final class Documents {
    private static final String STYLE = """
        body{margin:0;padding:0;background:#f4f4f7;color:#333}
        table,td{mso-table-lspace:0;mso-table-rspace:0}
        img{border:0;display:block}
        .wrap{max-width:600px;margin:0 auto;background-color:#fff}
        .button{background:#3869d4;border-radius:3px;color:#fff;display:inline-block;padding:10px 18px}
        .button:hover{background:#2a52a8!important}
        .col{width:50%;float:left;box-sizing:border-box;padding:0 10px}
        h1,h2,h3{font-family:Georgia,serif;line-height:1.25}
        p.sub{font-size:13px;color:#6b6e76}
        @media only screen and (max-width:600px){.wrap{width:100%!important}.col{width:100%!important;float:none}}
        @media (prefers-color-scheme:dark){body,.wrap{background:#333!important;color:#fff!important}}
        """;
    private static final String ROW = """
        <tr><td class="col" style="padding:10px 24px;font-family:Arial,Helvetica,sans-serif;font-size:15px;line-height:22px;color:#1b4332">
        <img src="https://cdn.example/p%1$d.png" width="270" height="150" alt="Picture %1$d" style="width:100%%;height:auto">
        <h2 style="font-size:18px;margin:12px 0 6px">Story number %1$d</h2>
        <p style="margin:0 0 12px">Break the bulb into cloves, plant them a hand apart, and forget them until spring &amp; sun.</p>
        <a class="button" href="https://www.example.com/story/%1$d?utm_source=mail&amp;id=%1$d" style="font-weight:bold">Read on</a>
        <p class="sub">Posted by <b>somebody</b>, %1$d comments</p></td></tr>
        """;

    private Documents() {}

    /** A newsletter with a style block, tables, inline styles and images, of about so many bytes. */
    static String newsletter(int bytes) {
        StringBuilder html = new StringBuilder("<!DOCTYPE html><html><head><title>News</title><style>" + STYLE
                + "</style></head><body><table class=\"wrap\" role=\"presentation\" cellpadding=\"0\""
                + " cellspacing=\"0\">");
        for (int i = 0; html.length() < bytes - 100; i++) {
            html.append(ROW.formatted(i));
        }
        return html.append("</table><img src=\"https://t.example/o.gif\" width=\"1\" height=\"1\"></body></html>")
                .toString();
    }

    /** Every HTML file in a folder and under it. */
    static List<String> in(Path folder) throws IOException {
        List<String> all = new ArrayList<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(path -> path.toString().endsWith(".html"))
                    .sorted()
                    .toList()) {
                all.add(Files.readString(file));
            }
        }
        return all;
    }

    /** So many of them, in turns, each with style attributes and blocks that none before had. Made when asked for. */
    static List<String> unseen(List<String> htmls, int count) {
        return new AbstractList<>() {
            @Override
            public String get(int index) {
                String html = htmls.get(index % htmls.size());
                return html.replace("style=\"", "style=\"word-spacing:0." + (index + 1) + "px;")
                        .replace("</style>", ".u" + index + "{color:#123456}</style>");
            }

            @Override
            public int size() {
                return count;
            }
        };
    }
}
