/**
 * What the packaged jar has in place of {@code java.util.logging}: the build has Bouncy Castle and
 * JNA, which both have loggers, call these. devca logs nothing, and the JDK's logging takes a
 * twelfth of an {@code issue} on Java 17 to say so.
 */
@NullMarked
package dev.devca.cli.logging;

import org.jspecify.annotations.NullMarked;
