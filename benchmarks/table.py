"""Prints what JMH measured as a table: leaves a second beside the limit, and what a leaf allocates."""

import json
import math
import sys

# devca makes RSA keys by the JDK, the others by Bouncy Castle.
LIMIT = {"P256": "rawBouncyCastle", "ED25519": "rawBouncyCastle", "RSA2048": "rawJdk"}
ORDER = ["rawBouncyCastle", "rawJdk", "devca", "netty", "okhttp"]


def allocated(result):
    for name, metric in result["secondaryMetrics"].items():
        if name.endswith("gc.alloc.rate.norm"):
            return f"{metric['score'] / 1024:.0f} KB"
    return ""


def main(files):
    first = []
    print("| Java | threads | key | what | leaves/s | ± | : limit | devca : it | allocated a leaf |")
    print("|---|---:|---|---|---:|---:|---:|---:|---:|")
    for file in files:
        results = json.load(open(file))
        kinds = {}
        for result in results:
            name = result["benchmark"].rsplit(".", 1)[1]
            if result["mode"] == "ss":
                first.append((result["jdkVersion"], result["threads"], result["primaryMetric"]))
            else:
                kinds.setdefault(result["params"]["kind"], {})[name] = result
        for kind, named in kinds.items():
            limit = named.get(LIMIT[kind], {}).get("primaryMetric", {}).get("score")
            devca = named.get("devca", {}).get("primaryMetric", {}).get("score")
            for name in sorted(named, key=ORDER.index):
                result = named[name]
                score, error = result["primaryMetric"]["score"], result["primaryMetric"]["scoreError"]
                cells = [result["jdkVersion"], str(result["threads"]), kind, name, f"{score:.0f}"]
                # JMH knows no error of fewer than three measurements.
                cells += ["" if math.isnan(float(error)) else f"{float(error):.0f}", f"{score / limit:.2f}" if limit else ""]
                cells += [f"{devca / score:.2f}" if devca else "", allocated(result)]
                print("| " + " | ".join(cells) + " |")
    for version, threads, metric in first:
        if threads == 1:
            print(f"\nFirst CA and leaf of a JVM, Java {version}: {metric['score']:.0f} ± {float(metric['scoreError']):.0f} ms")


main(sys.argv[1:])
