/**
 * Cleans the tree of a mail: what fetches, runs or submits is taken out, and what stays is put right.
 *
 * <p>{@link org.postern.render.cleaning.MailDocument} is the tree, and {@link org.postern.render.cleaning.CleaningContext} what
 * is given to its cleaning. Each element is looked at twice: {@code References} reports what it would fetch while everything has
 * the names that the mail gave it; then {@code ElementFate} tells what becomes of it, and {@code MailStyles}, {@code MailImages},
 * {@code MailLinks} and {@code AllowedAttributes} put right what stays. What goes is noted in {@code RemovedElements} and taken
 * out at the end. {@link org.postern.render.cleaning.InvisibleNodes} stay in the tree and are passed over by whoever reads it.
 */
@NullMarked
package org.postern.render.cleaning;

import org.jspecify.annotations.NullMarked;
