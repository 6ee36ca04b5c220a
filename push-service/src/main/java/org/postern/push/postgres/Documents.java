package org.postern.push.postgres;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import java.util.Map;
import java.util.TreeMap;
import org.postern.events.codec.EventJson;
import org.postern.events.push.PushChannel;
import org.postern.events.push.PushOutcome;
import org.postern.push.subscription.AliasKey;
import org.postern.push.subscription.Destination;

/** How our values stand in columns of JSON. */
final class Documents {
    private static final String ENDPOINT = "endpoint";
    private static final String P256DH = "p256dh";
    private static final String AUTH = "auth";
    private static final String APPLICATION_SERVER_KEY = "applicationServerKey";
    private static final String TOKEN = "token";
    private static final String ALIAS_KEY = "aliasKey";

    private Documents() {}

    static String destination(Destination destination) {
        return switch (destination) {
            case Destination.WebPush there -> {
                Map<String, String> values =
                        new TreeMap<>(Map.of(ENDPOINT, there.url(), P256DH, there.p256dh(), AUTH, there.auth()));
                if (there.applicationServerKey() != null) {
                    values.put(APPLICATION_SERVER_KEY, there.applicationServerKey());
                }
                yield write(values);
            }
            case Destination.Firebase there -> {
                AliasKey key = there.aliasKey();
                yield write(
                        key == null
                                ? Map.of(TOKEN, there.token())
                                : Map.of(TOKEN, there.token(), ALIAS_KEY, key.value()));
            }
            case Destination.Lost there -> throw new IllegalStateException("what is lost cannot be kept");
        };
    }

    static Destination destination(String channel, String json) {
        Map<String, String> values = texts(json);
        if (channel.equals(PushChannel.WEBPUSH.word())) {
            return new Destination.WebPush(
                    value(values, ENDPOINT),
                    value(values, P256DH),
                    value(values, AUTH),
                    values.get(APPLICATION_SERVER_KEY));
        }
        if (channel.equals(PushChannel.FCM.word())) {
            String key = values.get(ALIAS_KEY);
            return new Destination.Firebase(value(values, TOKEN), key == null ? null : new AliasKey(key));
        }
        throw new IllegalStateException("a subscription has a channel that this version does not know");
    }

    static PushChannel channel(String word) {
        for (PushChannel channel : PushChannel.values()) {
            if (channel.word().equals(word)) {
                return channel;
            }
        }
        return PushChannel.UNRECOGNISED;
    }

    static Map<String, String> texts(String json) {
        return read(json, new TypeReference<>() {});
    }

    static PushOutcome outcome(String json) {
        return read(json, new TypeReference<>() {});
    }

    static String write(Object document) {
        try {
            return EventJson.mapper().writeValueAsString(document);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a document of ours can always be written");
        }
    }

    private static <T> T read(String json, TypeReference<T> type) {
        try {
            return EventJson.mapper().readValue(json, type);
        } catch (JsonProcessingException e) {
            // Without the cause: Jackson's messages quote the text.
            throw new IllegalStateException("a column holds a document that cannot be read");
        }
    }

    private static String value(Map<String, String> values, String name) {
        String value = values.get(name);
        if (value == null) {
            throw new IllegalStateException("a destination has no " + name);
        }
        return value;
    }
}
