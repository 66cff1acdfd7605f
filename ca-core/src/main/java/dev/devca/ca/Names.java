package dev.devca.ca;

import java.util.List;

/**
 * What a list of arguments names: the names in the order given, and a note for each thing that was
 * normalised or is worth a warning.
 *
 * @param names in normal form, without duplicates, at least one
 * @param notes whole sentences for a person, in the order of the arguments
 */
record Names(List<SubjectAltName> names, List<String> notes) {
  Names {
    names = List.copyOf(names);
    notes = List.copyOf(notes);
  }
}
