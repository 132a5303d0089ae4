/** {@code backstop backscatterers}: which hosts answer forged mail, and exports of that list. */
@NullMarked
package dev.backstop.cli.backscatterers;

import org.jspecify.annotations.NullMarked;
