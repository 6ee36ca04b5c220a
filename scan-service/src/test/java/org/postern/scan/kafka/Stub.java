package org.postern.scan.kafka;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;

/** Stands in for what a test does not look at. */
final class Stub {
    private Stub() {}

    /** One that answers every call so. */
    @SuppressWarnings("unchecked")
    static <T> T of(Class<? super T> type, InvocationHandler answer) {
        return (T) Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, answer);
    }

    /** One that is never asked. */
    static <T> T unused(Class<? super T> type) {
        return of(type, (self, method, arguments) -> {
            throw new UnsupportedOperationException(method.getName());
        });
    }
}
