String log = new File(basedir, 'build.log').text
File home = new File(basedir, '../../it-home')

assert log.contains('there is no CA yet')
assert log.count('Node.js (NODE_EXTRA_CA_CERTS): trusted now.') == 1
assert log.count('Node.js (NODE_EXTRA_CA_CERTS): trusted.') == 2
assert new File(home, '.profile').text.contains('NODE_EXTRA_CA_CERTS')
assert new File(basedir, 'target/state').list().length > 0
