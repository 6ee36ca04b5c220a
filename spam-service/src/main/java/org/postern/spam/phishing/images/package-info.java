/** Links that hide in pictures: QR codes, in images and in PDF files. */
@NullMarked
package org.postern.spam.phishing.images;

import org.jspecify.annotations.NullMarked;
