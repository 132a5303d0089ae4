@NullMarked
package dev.backstop.auth.doctor.ask;

import org.jspecify.annotations.NullMarked;
