@NullMarked
package dev.backstop.auth.spf;

import org.jspecify.annotations.NullMarked;
