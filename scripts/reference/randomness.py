"""The streams of src/Trainer.Core/Randomness: each number is a function of seed, stream, step and index."""

import numpy as np

INITIALIZATION, SHUFFLE, DROPOUT, NOISE, VALIDATION_SPLIT = 0, 1, 2, 3, 5
LOW_WORD = 0xFFFFFFFF


def words(seed, stream, step, count):
    """The first `count` 32-bit words of a stream, as uint64."""
    return blocks(seed, stream, step, np.arange((count + 3) // 4)).reshape(-1)[:count]


def blocks(seed, stream, step, numbers):
    """The blocks of these numbers, four words each: Philox4x32-10."""
    block = numbers.astype(np.uint64)
    c0, c1 = block & LOW_WORD, block >> 32
    c2, c3 = np.full_like(block, step), np.full_like(block, stream)
    k0, k1 = seed & LOW_WORD, seed >> 32
    for _ in range(10):
        product0, product1 = c0 * 0xD2511F53, c2 * 0xCD9E8D57
        c0, c1, c2, c3 = (product1 >> 32) ^ c1 ^ k0, product1 & LOW_WORD, (product0 >> 32) ^ c3 ^ k1, product0 & LOW_WORD
        k0, k1 = (k0 + 0x9E3779B9) & LOW_WORD, (k1 + 0xBB67AE85) & LOW_WORD
    return np.stack([c0, c1, c2, c3], axis=-1)


def below(seed, stream, step, bounds):
    """For each index a whole number in 0 .. bound - 1: the high half of the 128-bit product of 64 random bits and the bound."""
    pairs = words(seed, stream, step, 2 * len(bounds)).reshape(-1, 2)
    low, high, bounds = pairs[:, 0], pairs[:, 1], bounds.astype(np.uint64)
    return ((high * bounds + (low * bounds >> 32)) >> 32).astype(np.int64)


def permutation(seed, stream, step, count):
    """A random order of 0 .. count - 1: for i from the last down to 1, swap elements i and below(i + 1)."""
    partner = below(seed, stream, step, np.arange(1, count + 1)).tolist()
    order = list(range(count))
    for i in range(count - 1, 0, -1):
        j = partner[i]
        order[i], order[j] = order[j], order[i]
    return np.array(order)


def uniform(seed, stream, step, count):
    """u in [0, 1): the upper 24 bits of each word."""
    return (words(seed, stream, step, count) >> 8).astype(np.float64) / 2**24


def normal(seed, stream, step, count):
    """Standard normal numbers: the quantile of (word + 1/2) / 2^32."""
    return normal_quantile((words(seed, stream, step, count).astype(np.float64) + 0.5) / 2**32)


def row_normals(seed, stream, step, rows, width):
    """For each row r the normal numbers from r*width on, `width` of them."""
    first = np.asarray(rows, np.int64)[:, None] * width
    drawn = blocks(seed, stream, step, first // 4 + np.arange(width // 4 + 2)).reshape(len(first), -1)
    chosen = np.take_along_axis(drawn, first % 4 + np.arange(width), axis=1)
    return normal_quantile((chosen.astype(np.float64) + 0.5) / 2**32)


def normal_quantile(p):
    """Acklam's rational approximation, operation for operation as NormalDistribution.cs, so that the bits are the same."""
    q = p - 0.5
    r = q * q
    middle = q * horner(r, -39.69683028665376, 220.9460984245205, -275.9285104469687, 138.3577518672690,
                        -30.66479806614716, 2.506628277459239) \
        / horner(r, -54.47609879822406, 161.5858368580409, -155.6989798598866, 66.80131188771972, -13.28068155288572, 1)
    q = np.sqrt(-2 * logarithm(np.minimum(p, 1 - p)))
    tail = horner(q, -0.007784894002430293, -0.3223964580411365, -2.400758277161838, -2.549732539343734,
                  4.374664141464968, 2.938163982698783) \
        / horner(q, 0.007784695709041462, 0.3224671290700398, 2.445134137142996, 3.754408661907416, 1)
    return np.where(p < 0.02425, tail, np.where(p > 1 - 0.02425, -tail, middle))


def logarithm(x):
    """ln x as NormalDistribution.cs has it: a library's logarithm need not give the same bits everywhere."""
    mantissa, exponent = np.frexp(x)
    mantissa, exponent = 2 * mantissa, exponent - 1
    large = mantissa > 1.4142135623730951
    mantissa, exponent = np.where(large, 0.5 * mantissa, mantissa), np.where(large, exponent + 1, exponent)
    s = (mantissa - 1) / (mantissa + 1)
    series = horner(s * s, 0, *(1 / (2 * k + 1) for k in range(12, -1, -1)))
    return exponent * 0.6931471805599453 + 2 * s * series


def horner(x, *coefficients):
    """The polynomial with these coefficients, the highest power first."""
    total = coefficients[0]
    for coefficient in coefficients[1:]:
        total = total * x + coefficient
    return total
