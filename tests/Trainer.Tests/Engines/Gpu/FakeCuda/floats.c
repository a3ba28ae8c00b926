// Binary32 and binary64, rounded to nearest even, subnormals kept. Whatever is no number comes out as the one pattern that
// the cards write.
#include "handlers.h"
#include <math.h>

static inline uint32_t bits_32(float x)
{
    union { float number; uint32_t bits; } both = { x };
    return x != x ? 0x7FFFFFFFu : both.bits;
}

static inline uint64_t bits_64(double x)
{
    union { double number; uint64_t bits; } both = { x };
    return x != x ? 0x7FFFFFFFFFFFFFFFull : both.bits;
}

// -0 lies below +0; of a number and none, the number.
#define SMALLER(x, y) ((x) != (x) ? (y) : (y) != (y) ? (x) : (x) < (y) ? (x) : (y) < (x) ? (y) : signbit(x) ? (x) : (y))
#define LARGER(x, y) ((x) != (x) ? (y) : (y) != (y) ? (x) : (x) > (y) ? (x) : (y) > (x) ? (y) : signbit(x) ? (y) : (x))

#define FLOATS(bits, S, F, FMA, SQRT) \
    BINARY(add_##bits, S, F, F, F, bits_##bits(x + y)) \
    BINARY(sub_##bits, S, F, F, F, bits_##bits(x - y)) \
    BINARY(mul_##bits, S, F, F, F, bits_##bits(x * y)) \
    BINARY(div_##bits, S, F, F, F, bits_##bits(x / y)) \
    BINARY(min_##bits, S, F, F, F, bits_##bits(SMALLER(x, y))) \
    BINARY(max_##bits, S, F, F, F, bits_##bits(LARGER(x, y))) \
    TERNARY(fma_##bits, S, F, F, F, F, bits_##bits(FMA(x, y, z))) \
    UNARY(sqrt_##bits, S, F, F, bits_##bits(SQRT(x))) \
    UNARY(rcp_##bits, S, F, F, bits_##bits(1 / x)) \
    UNARY(neg_##bits, S, S, S, x ^ ((S)1 << (bits - 1))) \
    UNARY(abs_##bits, S, S, S, x & ~((S)1 << (bits - 1))) \
    BINARY(copysign_##bits, S, S, S, S, (x & ((S)1 << (bits - 1))) | (y & ~((S)1 << (bits - 1))))
FLOATS(32, uint32_t, float, __builtin_fmaf, __builtin_sqrtf)
FLOATS(64, uint64_t, double, __builtin_fma, __builtin_sqrt)

#define FLOAT_ROWS(type, bits, one, two, three) \
    { "add.rn." type, two, add_##bits }, { "sub.rn." type, two, sub_##bits }, { "mul.rn." type, two, mul_##bits }, \
    { "div.rn." type, two, div_##bits }, { "fma.rn." type, three, fma_##bits }, { "sqrt.rn." type, one, sqrt_##bits }, \
    { "rcp.rn." type, one, rcp_##bits }, \
    { "min." type, two, min_##bits }, { "max." type, two, max_##bits }, { "neg." type, one, neg_##bits }, \
    { "abs." type, one, abs_##bits }, { "copysign." type, two, copysign_##bits }

const operation float_operations[] = {
    FLOAT_ROWS("f32", 32, "44", "444", "4444"),
    FLOAT_ROWS("f64", 64, "88", "888", "8888"),
};
const int float_operation_count = sizeof float_operations / sizeof *float_operations;
