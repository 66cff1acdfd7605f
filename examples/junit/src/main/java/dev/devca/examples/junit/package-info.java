/** Gives tests a TLS server and a client that trust each other. */
package dev.devca.examples.junit;
