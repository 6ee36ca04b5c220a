package org.postern.spam.phishing.phrases;

import java.util.List;

/** The words of texts in their order, by number, so that what is asked of a word is asked once however often it stands there. */
public interface NumberedWords {
    /** The number at a place where one text ends and another begins: no phrase reaches over it. */
    int BORDER = -1;

    /** How many places there are: one for each word and each border. */
    int size();

    /** The number of the word at a place, or {@link #BORDER}. */
    int at(int place);

    /** The words by their numbers, from 0. A word may have more than one. */
    List<String> byNumber();
}
