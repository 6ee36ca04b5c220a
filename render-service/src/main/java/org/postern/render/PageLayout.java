package org.postern.render;

import com.fasterxml.jackson.annotation.JsonValue;

/** Which rules of layout a browser takes, by the document type (HTML Standard section 13.2.6.4.1). */
public enum PageLayout {
    STANDARDS("standards", "<!DOCTYPE html>"),
    LIMITED_QUIRKS(
            "limited-quirks",
            "<!DOCTYPE html PUBLIC \"-//W3C//DTD XHTML 1.0 Transitional//EN\""
                    + " \"http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd\">"),
    QUIRKS("quirks", "");

    private final String word;
    private final String doctype;

    PageLayout(String word, String doctype) {
        this.word = word;
        this.doctype = doctype;
    }

    /** The word in renditions. */
    @JsonValue
    public String word() {
        return word;
    }

    /** The document type that asks for it; empty where none does. */
    public String doctype() {
        return doctype;
    }
}
