# Starts Chromium without a window for each ADDRESS, and prints the page that it shows then:
#   chromium.sh ADDRESS...
# Chromium's own sandbox wants rights that not every machine of tests gives; it has no part in what
# is trusted. Virtual time runs as fast as the page's requests let it.
for address; do
  chromium --headless --no-sandbox --disable-gpu --no-first-run --disable-background-networking \
    --disable-component-update --disable-sync --enable-logging=stderr --virtual-time-budget=20000 \
    --dump-dom "$address"
done
