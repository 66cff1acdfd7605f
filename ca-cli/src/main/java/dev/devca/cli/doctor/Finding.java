package dev.devca.cli.doctor;

/**
 * A fault of what a server presents, or of a certificate's file.
 *
 * @param id a short name for programs, which stays the same
 * @param text one sentence for a person
 * @param remedy the one command or step that mends it
 */
public record Finding(String id, String text, String remedy) {}
