/**
 * One TOML file, everything in it optional, read into records that never change afterwards. All
 * problems of a file are reported together. Start with {@link
 * dev.backstop.server.config.ConfigReader}; the keys are in {@code docs/configuration.md}.
 */
@NullMarked
package dev.backstop.server.config;

import org.jspecify.annotations.NullMarked;
