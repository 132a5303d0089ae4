/**
 * The answers of {@code check}: blocks for people, JSON and CSV for programs, sums for both. Text
 * of strangers is made harmless here.
 */
@NullMarked
package dev.backstop.cli.check.print;

import org.jspecify.annotations.NullMarked;
