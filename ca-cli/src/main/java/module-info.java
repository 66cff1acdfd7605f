/** The devca command. */
module dev.devca.cli {
  requires dev.devca.truststore;
  requires info.picocli;
  requires jdk.httpserver;
  requires com.fasterxml.jackson.core;
  requires static transitive org.jspecify;
}
