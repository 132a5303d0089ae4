/**
 * What the world sees of a domain that sends and takes mail, and what should be changed: the
 * examination of {@code backstop doctor}. Each section looks first, which gives facts as values,
 * and then judges them without asking anybody. Start with {@link dev.backstop.auth.doctor.Doctor}.
 */
@NullMarked
package dev.backstop.auth.doctor;

import org.jspecify.annotations.NullMarked;
