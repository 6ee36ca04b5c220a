package org.postern.render.browser;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** Shows HTML in a browser, many pieces a page, pokes at it as a reader would, and tells what it did. */
final class Harness implements AutoCloseable {
    private static final int A_PAGE = 80;
    private static final Duration LONGEST = Duration.ofSeconds(10);
    private static final Pattern FRAME = Pattern.compile("/frame/(\\d+)");

    /** Does what a pointer and a keyboard do, then tells what of each frame could still do something. */
    private static final String POKE = """
        (async () => {
          const suspects = [];
          for (const frame of document.querySelectorAll('iframe')) {
            let inside;
            try { inside = frame.contentDocument; } catch (e) { }
            if (!inside) { suspects.push(frame.src + ' is elsewhere'); continue; }
            for (const element of inside.querySelectorAll('*')) {
              for (const attribute of [...element.attributes]) {
                if (/^on/i.test(attribute.name)) {
                  suspects.push(frame.src + ' has ' + attribute.name);
                  try { element.dispatchEvent(new Event(attribute.name.slice(2).toLowerCase())); } catch (e) { }
                }
                if (/^[\\s\\x00-\\x20]*(javascript|vbscript|data:text)/i.test(attribute.value)
                    && /^(href|src|action|formaction|xlink:href|data)$/i.test(attribute.name)) {
                  suspects.push(frame.src + ' has ' + attribute.name + '=' + attribute.value.slice(0, 40));
                }
              }
              for (const type of ['mouseover', 'mouseenter', 'focus', 'pointerdown']) {
                try { element.dispatchEvent(new Event(type, {bubbles: true})); } catch (e) { }
              }
              if (element.tagName !== 'A') { try { element.click && element.click(); } catch (e) { } }
            }
            for (const sheet of inside.styleSheets) {
              for (const rule of sheet.cssRules) {
                if (/url\\((?!"data:)|@import|@font-face/i.test(rule.cssText)
                    || (rule.selectorText && rule.selectorText.split(/,(?![^(]*\\))/)
                      .some(one => !/^\\s*\\.postern-mail(\\s|>|$)/.test(one)))) {
                  suspects.push(frame.src + ' has the rule ' + rule.cssText.slice(0, 80));
                }
              }
            }
            for (const element of inside.body ? inside.body.querySelectorAll('*') : []) {
              const style = inside.defaultView.getComputedStyle(element);
              if (/fixed|absolute|sticky/.test(style.position)) {
                suspects.push(frame.src + ' has position ' + style.position);
              }
            }
          }
          await new Promise(done => setTimeout(done, 150));
          return suspects;
        })()
        """;

    private final CatchAllProxy proxy = new CatchAllProxy();
    private final Chromium chromium;

    Harness() throws IOException, InterruptedException {
        this.chromium = Chromium.start(proxy.port());
    }

    Chromium chromium() {
        return chromium;
    }

    CatchAllProxy proxy() {
        return proxy;
    }

    /**
     * What a set of vectors did.
     *
     * @param fired numbers of those whose scripts ran
     * @param asked what was asked of the network
     * @param suspects what is in the page that could run or fetch, by the browser's own reading
     * @param left addresses that pages went to
     */
    record Outcome(TreeSet<Integer> fired, List<String> asked, List<String> suspects, List<String> left) {}

    Outcome show(List<String> htmls) throws InterruptedException {
        Outcome all = new Outcome(new TreeSet<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        for (int from = 0; from < htmls.size(); from += A_PAGE) {
            page(htmls, from, Math.min(from + A_PAGE, htmls.size()), all);
        }
        return all;
    }

    private void page(List<String> htmls, int from, int to, Outcome all) throws InterruptedException {
        String own = "http://" + CatchAllProxy.OWN;
        StringBuilder frames = new StringBuilder("<!DOCTYPE html><title>vectors</title>");
        IntStream.range(from, to).forEach(number -> {
            proxy.put(own + "/frame/" + number, CatchAllProxy.Answer.html(htmls.get(number)));
            // What is shown here as it came would otherwise take the page away from the others.
            frames.append("<iframe width=300 height=100 sandbox='allow-scripts allow-same-origin allow-modals"
                            + " allow-forms'")
                    .append(" src=/frame/")
                    .append(number)
                    .append("></iframe>");
        });
        proxy.put(own + "/page/" + from, CatchAllProxy.Answer.html(frames.toString()));
        proxy.forget();
        try (Page page = chromium.open()) {
            page.go(own + "/page/" + from, LONGEST);
            try {
                for (JsonNode suspect : page.evaluate(POKE)) {
                    all.suspects().add(suspect.asText());
                }
            } catch (IllegalStateException e) {
                all.suspects().add("page " + from + " does not answer: " + e.getMessage());
            }
            for (String fired : page.fired()) {
                Matcher frame = FRAME.matcher(fired);
                all.fired().add(frame.find() ? Integer.parseInt(frame.group(1)) : -1 - from);
            }
            page.navigations().stream()
                    .filter(url -> !url.matches(Pattern.quote(own) + "/(?:page|frame)/\\d+"))
                    .forEach(all.left()::add);
        }
        all.asked().addAll(proxy.strangers());
    }

    /** What a page asks of the network when it is served by itself with a Content-Security-Policy. */
    List<String> showAlone(byte[] html, String policy) throws InterruptedException {
        String url = "http://" + CatchAllProxy.OWN + "/alone";
        proxy.put(
                url,
                new CatchAllProxy.Answer(
                        "Content-Type: text/html; charset=utf-8\r\nContent-Security-Policy: " + policy + "\r\n", html));
        proxy.forget();
        try (Page page = chromium.open()) {
            page.go(url, LONGEST);
        }
        return proxy.strangers();
    }

    @Override
    public void close() throws IOException {
        chromium.close();
        proxy.close();
    }
}
