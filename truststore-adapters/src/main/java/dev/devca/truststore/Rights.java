package dev.devca.truststore;

/** Whose rights a change of a store needs, seen from this process. */
public enum Rights {
  /** Those that this process has. */
  OWN,
  /** Those of root, which this process lacks. */
  ROOT,
  /** Those of the user for whom this process runs as root: see {@link Host#invokingUser}. */
  INVOKING_USER
}
