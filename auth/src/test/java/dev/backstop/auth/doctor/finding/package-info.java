@NullMarked
package dev.backstop.auth.doctor.finding;

import org.jspecify.annotations.NullMarked;
