/** The command line: parses, calls, prints. */
@NullMarked
package dev.devca.cli;

import org.jspecify.annotations.NullMarked;
