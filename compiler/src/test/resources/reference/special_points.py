"""Writes special_points.json: values and derivatives of the library's functions, activations and losses where parts of them
have kinks or poles, or leave the range of floats, by PyTorch in double precision.

    python special_points.py        (needs torch; 2.13.0 was used)

Where Descent differs from PyTorch on purpose, OURS says so, and why.
"""
import json
import math
import struct
import torch
from torch.nn import functional as F

INF, NAN = math.inf, math.nan


def f32(x):
    """The float nearest to x, so that single precision starts from the same number."""
    return struct.unpack("f", struct.pack("f", x))[0]


POINTS = [f32(x) for x in (-INF, -1e4, -88.7, -1, -0.0, 0.0, 1.17549435e-38, 1, 88.7, 1e4, INF)]
FEW = [f32(x) for x in (-INF, -3, -1, 0, 1, 2.5, INF)]

UNARY = {
    "exp(x)": torch.exp,
    "expm1(x)": torch.expm1,
    "log(x)": torch.log,
    "log1p(x)": torch.log1p,
    "sqrt(x)": torch.sqrt,
    "abs(x)": torch.abs,
    "sign(x)": torch.sign,
    "sin(x)": torch.sin,
    "cos(x)": torch.cos,
    "tanh(x)": torch.tanh,
    "sigmoid(x)": torch.sigmoid,
    "erf(x)": torch.erf,
    "floor(x)": torch.floor,
    "ceil(x)": torch.ceil,
    "round(x)": torch.round,
    "-x": torch.neg,
    "1 / x": torch.reciprocal,
    "x^2": lambda x: x ** 2,
    "x^3": lambda x: x ** 3,
    "x^0.5": lambda x: x ** 0.5,
    "x^1.5": lambda x: x ** 1.5,
    "x^-1": lambda x: x ** -1,
    "x^0": lambda x: x ** 0,
    "x mod 3": lambda x: torch.remainder(x, 3),
    "x mod -3": lambda x: torch.remainder(x, -3),
    "maximum(x, 0)": lambda x: torch.maximum(x, torch.zeros_like(x)),
    "minimum(1, x)": lambda x: torch.minimum(x, torch.ones_like(x)),
    "relu(x)": F.relu,
    "leaky_relu(x)": F.leaky_relu,
    "elu(x)": F.elu,
    "elu(x, alpha = 2)": lambda x: F.elu(x, alpha=2),
    "gelu(x)": F.gelu,
    "gelu_tanh(x)": lambda x: F.gelu(x, approximate="tanh"),
    "softplus(x)": F.softplus,
    "silu(x)": F.silu,
    "clamp(x, -1, 1)": lambda x: torch.clamp(x, -1, 1),
    "dropout(x, 1)": lambda x: torch.where(x == x, 0, x),
    # what is smooth though its parts have kinks, as a user may write it
    "maximum(x, 0) + log1p(exp(-abs(x)))": F.softplus,
    "maximum(x, 0) + minimum(x, 0)": lambda x: x * 1,
    "maximum(x, -x)": torch.abs,
    # what is not taken has no part, whatever its slope
    "where(x > 0, sqrt(x), x)": lambda x: torch.where(x > 0, torch.where(x > 0, x, 1).sqrt(), x),
    "where(x > 0, x * log(x), 0)": lambda x: torch.xlogy(F.relu(x), torch.where(x > 0, x, 1)),
    "where(x < 1, exp(x), x)": lambda x: torch.where(x < 1, torch.where(x < 1, x, 0).exp(), x),
}

# with NaN, too
ACTIVATIONS = {
    "selu(x)": F.selu,
    "mish(x)": F.mish,
    "hard_swish(x)": F.hardswish,
    "relu6(x)": F.relu6,
    "softsign(x)": F.softsign,
    "hard_sigmoid(x)": F.hardsigmoid,
    "log_sigmoid(x)": F.logsigmoid,
    "where(x > 0, x, 0.25 * x)": lambda x: F.prelu(x, tensor([0.25])),
    # at the ends of straight pieces
    "hard_swish(3 * x)": lambda x: F.hardswish(3 * x),
    "relu6(6 * x)": lambda x: F.relu6(6 * x),
    "hard_sigmoid(3 * x)": lambda x: F.hardsigmoid(3 * x),
}

BINARY = {
    "maximum(x, y)": torch.maximum,
    "minimum(x, y)": torch.minimum,
    "x * y": torch.mul,
    "x / y": torch.div,
    "x mod y": torch.remainder,
    "pow(x, y)": torch.pow,
    "where(x > y, x, y)": lambda x, y: torch.where(x > y, x, y),
}

ROWS = [
    [0, 0, 0],
    [1, 1, -1],
    [-2, 3, 3],
    [0, 2, 3],
    [0, 0, 3],
    [f32(-88.7), 0, f32(88.7)],
    [-1e4, 1e4, 1e4],
    [-INF, 0, 1],
    [10000, 10001, 10002],
    [f32(2e-19), 0, 0],  # its square is just no subnormal number
]

# y in OF_ROWS
WEIGHTS = [0, 1, 4]

OF_ROWS = {
    "max(x)": torch.max,
    "min(x)": torch.min,
    "product(x)": torch.prod,
    "sum(x)": torch.sum,
    "mean(x)": torch.mean,
    "variance(x)": lambda x: torch.var(x, correction=0),
    "norm(x)": torch.linalg.vector_norm,
    "l1(x)": lambda x: x.abs().sum(),
    "sqrt(variance(x))": lambda x: torch.std(x, correction=0),
    "sqrt(2 * l2(x))": torch.linalg.vector_norm,
    "sum(softmax(x) * y)": lambda x: (F.softmax(x, 0) * tensor(WEIGHTS)).sum(),
    "sum(weighted_or_zero(y, log_softmax(x)))": lambda x: F.log_softmax(x, 0)[1] + 4 * F.log_softmax(x, 0)[2],
    "kl_divergence(x, y)": lambda x: -F.log_softmax(x, 0)[1] + 4 * (math.log(4) - F.log_softmax(x, 0)[2]),
    "sum(maxout(x, 3))": torch.max,
    "sum(glu(concat(x, x, along = 0)))": lambda x: F.glu(torch.cat([x, x]), 0).sum(),
    "sum(swiglu(concat(x, y, along = 0)))": lambda x: (F.silu(x) * tensor(WEIGHTS)).sum(),
    "dice(reshape(x, 1, 3), reshape(y, 1, 3) / 4)": lambda x: 1
    - (2 * (x.sigmoid() * tensor(WEIGHTS) / 4).sum() + 1) / (x.sigmoid().sum() + sum(WEIGHTS) / 4 + 1),
    "triplet(reshape(x, 1, 3), reshape(y, 1, 3), ones(1, 3))": lambda x: F.triplet_margin_loss(
        x[None], tensor([WEIGHTS]), torch.ones(1, 3, dtype=torch.float64)),
    "cosine_similarity(x, y)": lambda x: 1 - F.cosine_similarity(x, tensor(WEIGHTS), 0),
}


def hinge(x, y):
    margin = 1 - y * x
    return torch.maximum(margin, torch.zeros_like(margin)).mean()


def focal(gamma):
    """In closed form: gradient (gamma p log(p) (1 - p)^(gamma - 1) - (1 - p)^gamma) (e_label - softmax)."""
    class Focal(torch.autograd.Function):
        @staticmethod
        def forward(ctx, x, y):
            ctx.save_for_backward(x, y)
            log_p = -F.cross_entropy(x, y, reduction="none")
            return (torch.where(log_p == 0, 0.0, (-torch.expm1(log_p)) ** gamma * -log_p)).mean()

        @staticmethod
        def backward(ctx, g):
            x, y = ctx.saved_tensors
            log_p = -F.cross_entropy(x, y, reduction="none")
            rest = -torch.expm1(log_p)
            slope = -rest ** gamma
            if gamma > 0:
                slope += gamma * log_p.exp() * log_p * rest ** (gamma - 1)
            slope = torch.where(log_p == 0, 0.0, slope)
            return g * slope[:, None] * (F.one_hot(y, x.shape[1]) - F.softmax(x, 1)) / len(y), None

    return Focal.apply


class LogCosh(torch.autograd.Function):
    """Its derivative is tanh."""
    @staticmethod
    def forward(ctx, x, y):
        r = x - y
        ctx.save_for_backward(r)
        return (r.abs() + torch.log1p(torch.exp(-2 * r.abs())) - math.log(2)).mean()

    @staticmethod
    def backward(ctx, g):
        return g * torch.tanh(ctx.saved_tensors[0]) / len(ctx.saved_tensors[0]), None


# of single numbers: by the targets that each of POINTS is tried with
LOSSES = {
    "binary_cross_entropy(x, y)": ([0, 1, 0.25], F.binary_cross_entropy_with_logits),
    "mse(x, y)": ([0, 1], F.mse_loss),
    "mae(x, y)": ([0, 1], F.l1_loss),
    "huber(x, y)": ([0, 1], F.huber_loss),
    "huber(x, y, delta = 10000)": ([0], lambda x, y: F.huber_loss(x, y, delta=1e4)),
    "smooth_l1(x, y)": ([0, 1], F.smooth_l1_loss),
    "smooth_l1(x, y, beta = 0)": ([0], lambda x, y: F.smooth_l1_loss(x, y, beta=0.0)),
    "hinge(x, y)": ([-1, 1], hinge),
    "log_cosh(x, y)": ([0, 1], LogCosh.apply),
    "poisson_nll(x, y)": ([0, 2], lambda x, y: F.poisson_nll_loss(x, y, log_input=True)),
}

SCORES = [
    [0, 0, 0],
    [1, 1, -1],
    [88.7, 0, -88.7],
    [1e4, 0, -1e4],
    [-INF, 0, 1],
]

CLASS_LOSSES = {
    "cross_entropy(x, y)": F.cross_entropy,
    "cross_entropy(x, y, label_smoothing = 0.1)": lambda x, y: F.cross_entropy(x, y, label_smoothing=0.1),
    "cross_entropy(x, y, ignore = -1)": lambda x, y: F.cross_entropy(x, y, ignore_index=-1),
    "cross_entropy(x, y, weights = [1, 2, 0.5], label_smoothing = 0.1)": lambda x, y: F.cross_entropy(
        x, y, weight=tensor([1, 2, 0.5]), label_smoothing=0.1),
    "focal(x, y, gamma = 0)": focal(0),
    "focal(x, y, gamma = 0.5)": focal(0.5),
    "focal(x, y, gamma = 1)": focal(1),
    "focal(x, y)": focal(2),
}

# (expression, result, x, y): what Descent has instead, and why.
OURS = {
    # sqrt(sum(x^2)) and sqrt(variance(x)) are flat or have a kink at 0, as PyTorch's own `norm` and `std`; from the infinite slope of
    # the root they would get 0 * inf. So the root has slope 0 at 0.
    ("sqrt(x)", "dx", 0.0): 0,
    ("x^0.5", "dx", 0.0): 0,
    # PyTorch computes inf - inf, or 0 * inf. The logarithm of a probability that is 1 is 0, of one that is 0 it is -inf, and what
    # has no weight does not count.
    ("binary_cross_entropy(x, y)", "value", -INF, 0): 0,
    ("binary_cross_entropy(x, y)", "value", -INF, 1): INF,
    ("binary_cross_entropy(x, y)", "value", -INF, 0.25): INF,
    ("binary_cross_entropy(x, y)", "value", INF, 1): 0,
    ("poisson_nll(x, y)", "value", -INF, 0): 0,
    ("poisson_nll(x, y)", "value", INF, 0): INF,
    # As Java's pow: what is infinitely often multiplied by itself was rounded to 1 before. C has 1.
    **{("pow(x, y)", "value", x, y): NAN for x in (-1.0, 1.0) for y in (-INF, INF)},
    **{("pow(x, y)", "dx", x, y): NAN for x in (-1.0, 1.0) for y in (-INF, INF)},
    # PyTorch's derivative has a float's 1/6.
    **{("hard_sigmoid(x)", "dx", x): 1 / 6 for x in (-1.0, 0.0, POINTS[6], 1.0)},
    **{("hard_sigmoid(3 * x)", "dx", x): 1 / 2 for x in (0.0, POINTS[6])},
    # The derivatives of NaN: what its piece has, or NaN as the value is.
    ("selu(x)", "dx", NAN): NAN,
    ("hard_swish(x)", "dx", NAN): NAN,
    ("hard_swish(3 * x)", "dx", NAN): NAN,
    ("hard_sigmoid(x)", "dx", NAN): 1 / 6,
    ("hard_sigmoid(3 * x)", "dx", NAN): 1 / 2,
    # The piece below -3 is 0 at -inf too, where PyTorch computes -inf * 0.
    ("hard_swish(x)", "value", -INF): 0,
    ("hard_swish(3 * x)", "value", -INF): 0,
    # The value is NaN already: -inf * 0, and inf - inf.
    ("product(x)", "dx", -INF): [0, -INF, 0],
    ("variance(x)", "dx", -INF): [NAN, NAN, NAN],
}
# gelu, gelu_tanh and silu stay NaN at -inf, where their limit is 0, and have slope NaN at inf: an infinite argument is an overflow
# before, which NaN shows and 0 would hide.


def tensor(values):
    return torch.tensor(values, dtype=torch.float64)


def number(x):
    if math.isnan(x):
        return "NaN"
    return x if math.isfinite(x) else ("Infinity" if x > 0 else "-Infinity")


def numbers(values):
    return [number(x) for x in values]


def elementwise(expression, function, *columns):
    arguments = [tensor(c).requires_grad_() for c in columns]
    value = function(*arguments)
    if value.requires_grad:
        value.sum().backward()
    case = {"expression": expression}
    for name, argument in zip("xy", arguments):
        case[name] = numbers(argument.tolist())
    case["value"] = ours(expression, "value", columns, value.tolist())
    for name, argument in zip("xy", arguments):
        slope = torch.zeros_like(argument) if argument.grad is None else argument.grad
        case["d" + name] = ours(expression, "d" + name, columns, slope.tolist())
    return case


def ours(expression, result, columns, theirs):
    return numbers(OURS.get((expression, result, *at), value) for *at, value in zip(*columns, theirs))


def of_row(expression, function, row, target=None):
    x = tensor(row).requires_grad_()
    value = function(x) if target is None else function(x, target)
    value.backward()
    return value.item(), x.grad


def row_case(expression, function):
    found = [of_row(expression, function, row) for row in ROWS]
    return {"expression": expression, "x": [numbers(r) for r in ROWS], "y": WEIGHTS, "value": numbers(v for v, _ in found),
            "dx": [numbers(OURS.get((expression, "dx", row[0]), g.tolist())) for row, (_, g) in zip(ROWS, found)]}


def loss_case(expression, targets, function):
    pairs = [(x, y) for y in targets for x in POINTS]
    found = [of_row(expression, function, [x], tensor([y])) for x, y in pairs]
    return {"expression": expression, "x": numbers(x for x, _ in pairs), "y": [y for _, y in pairs],
            "value": ours(expression, "value", list(zip(*pairs)), [v for v, _ in found]),
            "dx": numbers(g.item() for _, g in found)}


def class_case(expression, function):
    pairs = [([f32(s) for s in row], label) for row in SCORES for label in range(3)]
    found = [of_row(expression, function, [row], torch.tensor([label])) for row, label in pairs]
    return {"expression": expression, "x": [numbers(r) for r, _ in pairs], "y": [label for _, label in pairs],
            "value": numbers(v for v, _ in found), "dx": [numbers(g[0].tolist()) for _, g in found]}


def write():
    pairs = [(x, y) for x in FEW for y in FEW]
    table = {
        "elements": [elementwise(e, f, POINTS) for e, f in UNARY.items()]
        + [elementwise(e, f, [*POINTS, NAN]) for e, f in ACTIVATIONS.items()]
        + [elementwise(e, f, [x for x, _ in pairs], [y for _, y in pairs]) for e, f in BINARY.items()],
        "rows": [row_case(e, f) for e, f in OF_ROWS.items()],
        "losses": [loss_case(e, t, f) for e, (t, f) in LOSSES.items()],
        "class_losses": [class_case(e, f) for e, f in CLASS_LOSSES.items()],
    }
    with open("special_points.json", "w") as file:
        json.dump(table, file, indent=1)
        file.write("\n")


write()
