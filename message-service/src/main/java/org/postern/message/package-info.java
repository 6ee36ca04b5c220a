/**
 * A message's life: it is received, facts about it are collected, a policy judges it, the answer is handed over. Each use
 * has a package of its own, and what is technical is in the packages named after a technology; here is only what all of
 * them share.
 */
@NullMarked
package org.postern.message;

import org.jspecify.annotations.NullMarked;
