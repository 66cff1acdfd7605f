package dev.devca.truststore;

import java.util.List;

/** Finds the roots of the Windows that a Linux runs inside of (WSL). Stateless. */
public final class WslProvider implements TrustStoreProvider {

  /** For {@link java.util.ServiceLoader}. */
  public WslProvider() {}

  @Override
  public List<TrustStore> discover(Host host) {
    return Wsl.of(host).map(wsl -> store(host, wsl)).stream().toList();
  }

  private static TrustStore store(Host host, Wsl wsl) {
    String name = WslWindowsStore.displayName(wsl);
    return wsl.powershell()
        .<TrustStore>map(powershell -> new WslWindowsStore(host, powershell, name))
        .orElseGet(
            () ->
                new StandIn(
                    WslWindowsStore.ID,
                    name,
                    true,
                    new TrustResult.Absent(
                        "this WSL may not start powershell.exe",
                        "set enabled=true under [interop] in /etc/wsl.conf, then in Windows:"
                            + " wsl --shutdown")));
  }
}
