"""What all fits share: folds by site, and the table of trees that the program reads."""
import hashlib
import json

import numpy as np


def fold_of(host, folds):
    """All pages of a site fall into one fold, whatever subdomain they were taken from."""
    parts = host.lower().split(".")
    short = len(parts) > 2 and len(parts[-1]) == 2 and len(parts[-2]) <= 3
    site = ".".join(parts[-3:] if short else parts[-2:])
    return int(hashlib.blake2b(site.encode(), digest_size=4).hexdigest(), 16) % folds


def table(model, names, fingerprint):
    trees = []
    for info in model.dump_model()["tree_info"]:
        tree = {"feature": [], "threshold": [], "right": [], "value": []}

        def add(node):
            at = len(tree["feature"])
            leaf = "leaf_value" in node
            tree["feature"].append(-1 if leaf else node["split_feature"])
            # Rounded down to the nearest number of 32 bits, as the program compares such numbers.
            threshold = 0 if leaf else float(np.float32(node["threshold"]))
            if not leaf and threshold > node["threshold"]:
                threshold = float(np.nextafter(np.float32(threshold), np.float32(-np.inf)))
            tree["threshold"].append(float(f"{threshold:.9g}"))
            tree["right"].append(0)
            tree["value"].append(round(node["leaf_value"] if leaf else node["internal_value"], 5))
            if not leaf:
                add(node["left_child"])
                tree["right"][at] = len(tree["feature"])
                add(node["right_child"])

        add(info["tree_structure"])
        trees.append(tree)
    head = json.dumps({"fitted_to": fingerprint, "features": names, "bias": 0.0})
    return head[:-1] + ', "trees": [\n' + ",\n".join(json.dumps(t, separators=(",", ":")) for t in trees) + "\n]}\n"
