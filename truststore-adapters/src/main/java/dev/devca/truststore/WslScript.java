package dev.devca.truststore;

import java.util.Base64;

/**
 * What Windows PowerShell 5.1 does for a store of Windows. The script says a line for each place
 * that has the root, with the SHA-256 that Windows computes of it, and a last one that all went
 * well; what went wrong it says on standard error, with exit code 1.
 */
final class WslScript {
  static final String END = "devca: done";

  // No words of PowerShell's own: they are in the language of the user.
  private static final String FRAME =
      """
      $ErrorActionPreference = 'Stop'
      $ProgressPreference = 'SilentlyContinue'
      $types = 'System.Security.Cryptography'
      function Open-Roots($name, $mode) {
        $store = New-Object "$types.X509Certificates.X509Store" @($name, 'CurrentUser')
        $store.Open($mode)
        return $store
      }
      function Get-Hash($certificate) {
        $sha256 = [System.Security.Cryptography.SHA256]::Create()
        return [BitConverter]::ToString($sha256.ComputeHash($certificate.RawData)).Replace('-', '')
      }
      # Without a console there is none to set; then letters beyond ASCII may come out wrong.
      try { [Console]::OutputEncoding = New-Object System.Text.UTF8Encoding $false } catch { }
      try {
        $hash = 'HASH'
      STEP
        foreach ($name in @('Root', 'Disallowed')) {
          $store = Open-Roots $name 'ReadOnly'
          foreach ($certificate in @($store.Certificates)) {
            if ((Get-Hash $certificate) -eq $hash) {
              [Console]::Out.WriteLine($name + ' ' + (Get-Hash $certificate))
            }
          }
          $store.Close()
        }
        [Console]::Out.WriteLine('END')
      } catch {
        [Console]::Error.WriteLine($_.Exception.GetBaseException().Message)
        exit 1
      }
      """;

  private static final String ADD =
      """
        $der = [Convert]::FromBase64String('DER')
        $root = New-Object "$types.X509Certificates.X509Certificate2" @(, $der)
        $store = Open-Roots 'Root' 'ReadWrite'
        $store.Add($root)
        $store.Close()
      """;

  private static final String REMOVE =
      """
        $store = Open-Roots 'Root' 'ReadWrite'
        foreach ($certificate in @($store.Certificates)) {
          if ((Get-Hash $certificate) -eq $hash) { $store.Remove($certificate) }
        }
        $store.Close()
      """;

  private WslScript() {}

  /**
   * The script.
   *
   * @param der the root
   * @param hash its SHA-256 in capital hex digits
   */
  static String of(Operation operation, byte[] der, String hash) {
    String step =
        switch (operation) {
          case STATUS -> "";
          case INSTALL -> ADD.replace("DER", Base64.getEncoder().encodeToString(der));
          case UNINSTALL -> REMOVE;
        };
    // The step last: a root may happen to have those letters in it.
    return FRAME.replace("HASH", hash).replace("END", END).replace("STEP", step);
  }
}
