/**
 * The desk at which mail servers hand messages in, whatever protocol they speak: a message is taken in, its judgement is
 * waited for, and what the mail server is to do is said in words that each protocol puts into its own.
 */
@NullMarked
package org.postern.message.desk;

import org.jspecify.annotations.NullMarked;
