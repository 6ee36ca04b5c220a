package org.postern.render.browser;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A page. What it does is noted: scripts that show themselves, dialogs, frames that go elsewhere. */
public final class Page implements AutoCloseable {
    private static final String HOOKS = """
        for (const name of ['alert', 'confirm', 'prompt', 'print']) {
          window[name] = () => { try { fired(location.pathname + ' ' + name); } catch (e) {} };
        }
        """;

    private final DevTools tools;
    private final String session;
    private final String target;
    private final String context;
    private final List<String> fired = new CopyOnWriteArrayList<>();
    private final List<String> navigations = new CopyOnWriteArrayList<>();
    private volatile CountDownLatch loaded = new CountDownLatch(1);

    Page(DevTools tools, String session, String target, String context) {
        this.tools = tools;
        this.session = session;
        this.target = target;
        this.context = context;
        tools.listen(session, this::event);
        call("Page.enable", Map.of());
        call("Runtime.enable", Map.of());
        call("Runtime.addBinding", Map.of("name", "fired"));
        call("Page.addScriptToEvaluateOnNewDocument", Map.of("source", HOOKS));
    }

    private void event(String name, JsonNode parameters) {
        switch (name) {
            case "Runtime.bindingCalled" -> fired.add(parameters.path("payload").asText());
            case "Page.javascriptDialogOpening" -> fired.add("dialog");
            case "Page.loadEventFired" -> loaded.countDown();
            case "Page.frameNavigated" ->
                navigations.add(parameters.path("frame").path("url").asText());
            case "Page.frameRequestedNavigation" ->
                navigations.add(parameters.path("url").asText());
            default -> {}
        }
    }

    private JsonNode call(String method, Map<String, ?> parameters) {
        return tools.call(session, method, parameters);
    }

    /** Goes to an address and waits for it, at most so long. */
    public boolean go(String url, Duration longest) throws InterruptedException {
        loaded = new CountDownLatch(1);
        call("Page.navigate", Map.of("url", url));
        return loaded.await(longest.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** The value of an expression, which may be a promise. */
    public JsonNode evaluate(String expression) {
        JsonNode result = call(
                "Runtime.evaluate",
                Map.of("expression", expression, "awaitPromise", true, "returnByValue", true, "userGesture", true));
        if (result.has("exceptionDetails")) {
            throw new IllegalStateException(result.path("exceptionDetails").toString());
        }
        return result.path("result").path("value");
    }

    /** Presses and lets go of the mouse in the middle of the first element that is meant. */
    public void click(String selector) {
        JsonNode at = evaluate("(() => { const r = document.querySelector('" + selector
                + "').getBoundingClientRect(); return [r.x + r.width / 2, r.y + r.height / 2]; })()");
        for (String type : List.of("mousePressed", "mouseReleased")) {
            call(
                    "Input.dispatchMouseEvent",
                    Map.of(
                            "type",
                            type,
                            "x",
                            at.get(0).asDouble(),
                            "y",
                            at.get(1).asDouble(),
                            "button",
                            "left",
                            "clickCount",
                            1));
        }
    }

    /** How wide the page is shown; {@code dark} where the reader prefers it dark. */
    public void show(int width, int height, boolean dark) {
        call(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
        call(
                "Emulation.setEmulatedMedia",
                Map.of(
                        "media",
                        "",
                        "features",
                        List.of(Map.of("name", "prefers-color-scheme", "value", dark ? "dark" : "light"))));
    }

    /** Shows the page as it would be on paper, or as on a screen again. */
    public void onPaper(boolean paper) {
        call("Emulation.setEmulatedMedia", Map.of("media", paper ? "print" : ""));
    }

    /** A picture of what is shown, as PNG; not larger than it is shown. */
    public byte[] picture(int width, int height) {
        JsonNode picture = call(
                "Page.captureScreenshot",
                Map.of("format", "png", "clip", Map.of("x", 0, "y", 0, "width", width, "height", height, "scale", 1)));
        return Base64.getDecoder().decode(picture.path("data").asText());
    }

    /** The page on paper, as PDF. */
    public byte[] paper() {
        return Base64.getDecoder()
                .decode(call("Page.printToPDF", Map.of("printBackground", true))
                        .path("data")
                        .asText());
    }

    /** What scripts did, with the path of the frame they did it in. */
    public List<String> fired() {
        return List.copyOf(fired);
    }

    /** Where the page and its frames went. */
    public List<String> navigations() {
        return List.copyOf(navigations);
    }

    @Override
    public void close() {
        tools.call(null, "Target.closeTarget", Map.of("targetId", target));
        tools.call(null, "Target.disposeBrowserContext", Map.of("browserContextId", context));
    }
}
