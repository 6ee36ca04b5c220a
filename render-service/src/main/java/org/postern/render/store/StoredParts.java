package org.postern.render.store;

import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;
import org.postern.mime.Limits;
import org.postern.mime.MailObserver;
import org.postern.mime.MailReader;
import org.postern.render.images.ImageRefusedException;
import org.postern.render.images.ImageRefusedException.Reason;
import org.postern.render.images.PartAddress;
import org.postern.render.images.PartSource;
import org.postern.store.MessageStore;

/** The parts of mails in the store. The mail is read to its end, so that it is the one that was meant. */
public final class StoredParts implements PartSource {
    private final MessageStore store;
    private final Limits limits;
    private final int mostBytes;

    /**
     * @param limits of reading a mail
     * @param mostBytes of a part
     */
    public StoredParts(MessageStore store, Limits limits, int mostBytes) {
        this.store = store;
        this.limits = limits;
        this.mostBytes = mostBytes;
    }

    @Override
    public byte[] read(PartAddress address) throws IOException, ImageRefusedException {
        OnePart wanted = new OnePart(address.part());
        try (InputStream mail = store.open(address.mail())) {
            MailReader.read(mail, limits, wanted);
        }
        byte[] bytes = wanted.bytes;
        if (bytes == null || bytes.length > mostBytes) {
            throw new ImageRefusedException(bytes == null ? Reason.NOT_AN_IMAGE : Reason.TOO_LARGE);
        }
        return bytes;
    }

    /** Keeps the bytes of one part. */
    private final class OnePart implements MailObserver {
        private final String part;
        private byte @Nullable [] bytes;

        OnePart(String part) {
            this.part = part;
        }

        @Override
        public void file(String its, @Nullable String name, String mediaType, InputStream decoded) throws IOException {
            if (its.equals(part) && mediaType.startsWith("image/")) {
                bytes = decoded.readNBytes(mostBytes + 1);
            }
        }
    }
}
