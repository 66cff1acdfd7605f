/**
 * What the packaged jar has in place of {@code java.util.logging}: the build has Bouncy Castle and
 * JNA, which both have loggers, call these. devca logs nothing, and to find that out the JDK's
 * logging takes some milliseconds of an {@code issue}.
 */
@NullMarked
package dev.devca.cli.logging;

import org.jspecify.annotations.NullMarked;
