"""Makes examples.csv and expected.csv: metrics by scikit-learn over the last 160 of 200 examples, as one batch.

    pip install numpy scikit-learn && python metrics.py
"""

import numpy as np
from sklearn import metrics as sk

TEST = slice(40, 200)
random = np.random.default_rng(7)
n, k = 200, 4

target = random.normal(2, 3, n)
prediction = target + random.normal(0.3, 1, n)
far = 10_000 + random.normal(0, 1, n)  # the mean is 10,000 deviations
near_far = far + random.normal(0, 0.5, n)
yes = (random.random(n) < 0.3).astype(int)
logit = np.round(random.normal(0, 2, n) + 1.5 * yes, 1)  # some are equal
label = random.integers(0, 3, n)  # class 3 is never right, but given
scores = random.normal(0, 1.5, (n, k))
scores[np.arange(n), label] += 1
scores[::9] = np.round(scores[::9])  # some are equal

columns = [prediction, target, near_far, far, logit, yes, *scores.T, label]
table = np.column_stack(columns).astype(np.float32)
table[:, [5, 10]] = np.column_stack([yes, label])
names = "prediction,target,near,far,logit,yes,s0,s1,s2,s3,label"
with open("examples.csv", "w") as file:
    file.write(names + "\n")
    for row in table:
        file.write(",".join(repr(float(v)) if i not in (5, 10) else str(int(v)) for i, v in enumerate(row)) + "\n")

p, t, near, far, z, y = table[TEST, :6].astype(np.float64).T
s = table[TEST, 6:10].astype(np.float64)
c = label[TEST]
given = s.argmax(axis=1)
chances = np.exp(s - s.max(axis=1, keepdims=True))
chances /= chances.sum(axis=1, keepdims=True)
right = s[np.arange(len(s)), c][:, None]
rank = (s >= right).sum(axis=1)  # the right class itself counts, and so does what equals it
expected = {
    "mae": sk.mean_absolute_error(t, p),
    "rmse": sk.root_mean_squared_error(t, p),
    "mape": sk.mean_absolute_percentage_error(t, p),
    "r2": sk.r2_score(t, p),
    "r2_2": sk.r2_score(far, near),
    "accuracy": sk.accuracy_score(c, given),
    "top_k": (rank <= 2).mean(),
    "precision": sk.precision_score(c, given, average="macro", zero_division=0),
    "recall": sk.recall_score(c, given, average="macro", zero_division=0),
    "f1": sk.f1_score(c, given, average="macro", zero_division=0),
    "log_loss": sk.log_loss(c, chances, labels=range(k)),
    "perplexity": np.exp(sk.log_loss(c, chances, labels=range(k))),
    "binary_accuracy": sk.accuracy_score(y, z > 0),
    "auc": sk.roc_auc_score(y, z),
    "largest": np.abs(p - t).max(),
    "correlation": np.corrcoef(p, t)[0, 1],
    "class_error": np.abs(np.bincount(given, minlength=k) - np.bincount(c, minlength=k)).max(),
    "l2": 0.5,  # of one weight that is 1
}
with open("expected.csv", "w") as file:
    for name, value in expected.items():
        file.write(f"{name},{float(value)!r}\n")
    for i, row in enumerate(sk.confusion_matrix(c, given, labels=range(k))):
        for j, count in enumerate(row):
            file.write(f"confusion[{i}][{j}],{count}\n")
