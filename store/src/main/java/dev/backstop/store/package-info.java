/**
 * What we sent and what happened, in one SQLite file.
 *
 * <p>A bounce can only be told from backscatter by remembering what was sent. The journal keeps one
 * keyed hash for each Message-ID and recipient; nobody who reads the file learns who writes to
 * whom. What it does <em>not</em> know counts against a message, so the store must also know since
 * when it has missed nothing: see {@link dev.backstop.store.Journal#completeSince}.
 *
 * <p>SQLite calls are native and would pin the carriers of virtual threads, so one platform thread
 * writes (everything that waits goes into one transaction) and a few read; callers wait, bounded.
 * JDBC stops at this package. Start with {@link dev.backstop.store.Store}.
 */
@NullMarked
package dev.backstop.store;

import org.jspecify.annotations.NullMarked;
