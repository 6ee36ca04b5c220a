/**
 * A message's life: it is received, facts about it are collected, a policy judges it, the answer is handed over. The use
 * cases and their ports; what is technical is in the packages named after a technology.
 */
@NullMarked
package org.postern.message;

import org.jspecify.annotations.NullMarked;
