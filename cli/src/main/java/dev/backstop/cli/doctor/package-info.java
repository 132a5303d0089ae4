/**
 * {@code backstop doctor}: tells an administrator what the world sees of a domain. The examination
 * is {@link dev.backstop.auth.doctor.Doctor}; here it is asked for and shown. Start with {@link
 * dev.backstop.cli.doctor.DoctorCommand}.
 */
@NullMarked
package dev.backstop.cli.doctor;

import org.jspecify.annotations.NullMarked;
