String log = new File(basedir, 'build.log').text

assert log.contains('Tests run: 1, Failures: 0')
assert log.count('for localhost, 127.0.0.1') == 1
assert log.count('The certificate is up to date') == 1
assert log.count('for other.test') == 1
assert log.count('devca is skipped') == 1
assert log.contains('no_name..test')
assert new File(basedir, 'target/devca/issued.txt').text.contains('other.test')
assert new File(basedir, 'target/devca/server-key.pem').text.startsWith('-----BEGIN PRIVATE KEY-----')
assert new File(basedir, '../../it-home/ca/rootCA-key.pem').file
