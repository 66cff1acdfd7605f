/**
 * Files that are read with a limit, written whole or not at all, and shared between processes by a
 * lock. Not public API: only the modules of devca read it.
 */
@NullMarked
package dev.devca.ca.files;

import org.jspecify.annotations.NullMarked;
