package org.postern.mime;

/**
 * A mailbox as a header names it (RFC 5322 section 3.4). Personal data.
 *
 * @param name the display name, decoded; empty where there is none
 * @param local the part before the at sign, as written
 * @param domain the part after it, as written; empty where there is none
 */
public record Mailbox(String name, String local, String domain) {
    @Override
    public String toString() {
        return "Mailbox[hidden]";
    }
}
