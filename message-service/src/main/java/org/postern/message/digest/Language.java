package org.postern.message.digest;

/** A language in which readers are written to. */
public enum Language {
    EN("en"),
    FR("fr");

    private final String tag;

    Language(String tag) {
        this.tag = tag;
    }

    /** Its tag (BCP 47). */
    public String tag() {
        return tag;
    }
}
