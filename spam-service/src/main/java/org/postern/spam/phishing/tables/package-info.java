/** The tables of names, hosts and phrases, read from YAML. */
@NullMarked
package org.postern.spam.phishing.tables;

import org.jspecify.annotations.NullMarked;
