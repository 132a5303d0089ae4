@NullMarked
package dev.backstop.bench.lab;

import org.jspecify.annotations.NullMarked;
