/** Expenses: the request type expense-claim, which waits for the approval of a person. */
@NullMarked
package dev.statuswire.types.expense;

import org.jspecify.annotations.NullMarked;
