package org.postern.render.kept;

import org.postern.events.Tenant;

/** What is rendered, and all that shapes its rendition beside the rules of the sanitizer. Two that are alike are rendered alike. */
public final class Original {
    private final Tenant tenant;
    private final String shape;
    private final byte[] bytes;

    /**
     * @param tenant whose it is
     * @param shape how it is rendered, and for whom
     * @param bytes all of it; nobody may change them from now on
     */
    public Original(Tenant tenant, String shape, byte[] bytes) {
        this.tenant = tenant;
        this.shape = shape;
        this.bytes = bytes;
    }

    /** Whose it is: none is found for another tenant. */
    public Tenant tenant() {
        return tenant;
    }

    /** How it is rendered, and for whom. */
    public String shape() {
        return shape;
    }

    /** All of it, and not a copy: not to be changed. */
    public byte[] bytes() {
        return bytes;
    }

    @Override
    public String toString() {
        // The mail has no place in a log, nor has who asked.
        return "Original[" + tenant + ", " + bytes.length + " bytes]";
    }
}
