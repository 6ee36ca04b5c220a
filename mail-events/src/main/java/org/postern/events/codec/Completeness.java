package org.postern.events.codec;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whether an event that was read has every component it must have. JSON leaves out what a writer forgot, and Jackson
 * reads that as null: a record that says "never null" must not be handed on with one.
 */
final class Completeness {
    private static final ClassValue<List<Component>> COMPONENTS = new ClassValue<>() {
        @Override
        protected List<Component> computeValue(Class<?> type) {
            RecordComponent[] components = type.getRecordComponents();
            return components == null
                    ? List.of()
                    : Arrays.stream(components)
                            .map(Component::of)
                            .filter(Component::canMiss)
                            .toList();
        }
    };

    private Completeness() {}

    /** The name of the first component that is absent though it must not be; null where none is. */
    static @Nullable String firstMissing(Object value) {
        if (value instanceof Iterable<?> items) {
            return firstMissingOf(items);
        }
        for (Component component : COMPONENTS.get(value.getClass())) {
            Object part = component.read(value);
            if (part == null && component.required()) {
                return component.name();
            }
            String inside = part == null || component.leaf() ? null : firstMissing(part);
            if (inside != null) {
                return component.name() + "." + inside;
            }
        }
        return null;
    }

    private static @Nullable String firstMissingOf(Iterable<?> items) {
        for (Object item : items) {
            String missing = firstMissing(item);
            if (missing != null) {
                return missing;
            }
        }
        return null;
    }

    /**
     * A component.
     *
     * @param leaf whether nothing can be missing inside of it
     */
    private record Component(String name, boolean required, boolean leaf, Method accessor) {
        static Component of(RecordComponent component) {
            boolean nullable = component.getAnnotatedType().isAnnotationPresent(Nullable.class);
            Method accessor = component.getAccessor();
            accessor.trySetAccessible();
            Class<?> type = component.getType();
            boolean leaf =
                    Modifier.isFinal(type.getModifiers()) && !type.isRecord() && !Iterable.class.isAssignableFrom(type);
            return new Component(component.getName(), !nullable && !type.isPrimitive(), leaf, accessor);
        }

        /** Whether it is worth reading, for every event: it may be absent, or something in it. */
        boolean canMiss() {
            return required || !leaf;
        }

        @Nullable Object read(Object owner) {
            try {
                return accessor.invoke(owner);
            } catch (IllegalAccessException | InvocationTargetException e) {
                throw new IllegalStateException("the accessor of a record's component can always be called", e);
            }
        }
    }
}
