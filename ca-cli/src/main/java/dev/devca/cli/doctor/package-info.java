/**
 * Finds out which programs of a machine trust a server, by starting them, and why others do not.
 */
@NullMarked
package dev.devca.cli.doctor;

import org.jspecify.annotations.NullMarked;
