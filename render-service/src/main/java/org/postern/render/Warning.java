package org.postern.render;

/**
 * A reason for care that the assessment of a mail gave.
 *
 * @param code its stable code
 * @param severity {@code info}, {@code low}, {@code medium}, {@code high} or {@code critical}
 * @param text a sentence for the reader, in the reader's language where there is one in it
 */
public record Warning(String code, String severity, String text) {}
