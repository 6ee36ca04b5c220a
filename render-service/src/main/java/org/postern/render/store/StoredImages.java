package org.postern.render.store;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.postern.events.ContentHash;
import org.postern.events.ObjectReference;
import org.postern.events.Tenant;
import org.postern.render.images.ImageAddress;
import org.postern.render.images.ImageCache;
import org.postern.render.images.SafeImage;
import org.postern.store.MessageStore;

/**
 * Images as objects of the store, each content once for each tenant, and in memory where they are. Bounded: those that
 * were not asked for the longest go first. What is known ends with the process, and its images are erased then.
 */
public final class StoredImages implements ImageCache, AutoCloseable {
    private static final System.Logger LOG = System.getLogger(StoredImages.class.getName());

    private final MessageStore store;
    private final long mostBytes;
    private final Map<ImageAddress, Entry> entries = new LinkedHashMap<>(16, 0.75f, true);
    private final Map<Content, Stored> contents = new LinkedHashMap<>();
    private long bytes;

    private record Content(Tenant tenant, ContentHash hash) {}

    private record Entry(Content content, String mediaType) {}

    private static final class Stored {
        private final ObjectReference reference;
        private int uses;

        Stored(ObjectReference reference) {
            this.reference = reference;
        }
    }

    /** @param mostBytes of all images together */
    public StoredImages(MessageStore store, long mostBytes) {
        this.store = store;
        this.mostBytes = mostBytes;
    }

    @Override
    public Optional<SafeImage> find(ImageAddress address) {
        ObjectReference reference;
        String mediaType;
        synchronized (this) {
            Entry entry = entries.get(address);
            Stored stored = entry == null ? null : contents.get(entry.content);
            if (entry == null || stored == null) {
                return Optional.empty();
            }
            reference = stored.reference;
            mediaType = entry.mediaType;
        }
        try (InputStream in = store.open(reference)) {
            return Optional.of(new SafeImage(mediaType, in.readAllBytes()));
        } catch (IOException e) {
            forget(address);
            return Optional.empty();
        }
    }

    @Override
    public void keep(ImageAddress address, SafeImage image) {
        if (image.size() > mostBytes) {
            return;
        }
        byte[] content = image.bytes();
        try {
            ObjectReference reference =
                    store.put(address.tenant(), new ByteArrayInputStream(content), content.length + 1L);
            erase(add(address, image.mediaType(), reference));
        } catch (IOException e) {
            LOG.log(System.Logger.Level.DEBUG, "an image is not kept; it is fetched again another time");
        }
    }

    private synchronized List<ObjectReference> add(ImageAddress address, String mediaType, ObjectReference reference) {
        List<ObjectReference> gone = new ArrayList<>();
        drop(entries.remove(address), gone);
        Content content = new Content(address.tenant(), reference.sha256());
        Stored stored = contents.get(content);
        if (stored == null) {
            stored = new Stored(reference);
            contents.put(content, stored);
            bytes += reference.size();
        } else {
            // The same picture under another address: one object is enough.
            gone.add(reference);
        }
        stored.uses++;
        entries.put(address, new Entry(content, mediaType));
        Iterator<Entry> oldest = entries.values().iterator();
        while (bytes > mostBytes && oldest.hasNext()) {
            Entry entry = oldest.next();
            oldest.remove();
            drop(entry, gone);
        }
        return gone;
    }

    private void drop(@Nullable Entry entry, List<ObjectReference> gone) {
        Stored stored = entry == null ? null : contents.get(entry.content);
        if (entry == null || stored == null) {
            return;
        }
        stored.uses--;
        if (stored.uses == 0) {
            contents.remove(entry.content);
            bytes -= stored.reference.size();
            gone.add(stored.reference);
        }
    }

    private void forget(ImageAddress address) {
        List<ObjectReference> gone = new ArrayList<>();
        synchronized (this) {
            drop(entries.remove(address), gone);
        }
        erase(gone);
    }

    private void erase(List<ObjectReference> gone) {
        for (ObjectReference reference : gone) {
            try {
                store.erase(reference.tenant(), reference.id());
            } catch (IOException e) {
                LOG.log(System.Logger.Level.WARNING, "an image stays in the store, and nobody refers to it");
            }
        }
    }

    @Override
    public void close() {
        List<ObjectReference> all = new ArrayList<>();
        synchronized (this) {
            contents.values().forEach(stored -> all.add(stored.reference));
            contents.clear();
            entries.clear();
            bytes = 0;
        }
        erase(all);
    }
}
