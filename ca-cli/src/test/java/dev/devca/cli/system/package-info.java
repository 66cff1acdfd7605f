/**
 * System tests: the packaged command, real stores and real clients inside a {@link
 * dev.devca.cli.system.Sandbox}, so that nothing of this machine is touched.
 *
 * <pre>{@code
 * try (Sandbox sandbox = Sandbox.open()) {
 *   Caller caller = sandbox.as("dev").in("/home/dev").env("LANG", "C");
 *   caller.devca("install").ok();
 *   Moment before = sandbox.now();
 *   CommandResult again = caller.run("ls", "-l").exits(0);
 *   assertThat(FileChanges.between(before, sandbox.now())).isEmpty();
 * }
 * }</pre>
 */
package dev.devca.cli.system;
