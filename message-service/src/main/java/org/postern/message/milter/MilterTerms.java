package org.postern.message.milter;

import java.time.Duration;
import org.postern.message.desk.DeskTerms;

/**
 * What is agreed with the mail servers that speak milter.
 *
 * @param desk what is agreed with every mail server
 * @param hold what is quarantined for every recipient is held by the mail server
 * @param idle how long a mail server may say nothing
 */
public record MilterTerms(DeskTerms desk, boolean hold, Duration idle) {}
