package org.postern.database;

/**
 * A statement, a value or a constraint of ours is at fault, and trying again would not help. It has neither the driver's words
 * nor its exception: they quote the row, and rows are about people.
 */
public final class RefusedStatementException extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    private final String state;

    RefusedStatementException(String state) {
        super("the database refuses a statement of ours, SQL state " + state);
        this.state = state;
    }

    /** The five characters of the SQL standard, table "PostgreSQL Error Codes". */
    public String state() {
        return state;
    }
}
