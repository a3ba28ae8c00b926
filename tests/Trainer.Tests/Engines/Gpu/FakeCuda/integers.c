// Integer arithmetic. Where the number of bits alone matters (add, sub, mul.lo), signed and unsigned share a handler.
#include "handlers.h"

typedef __int128 s128;
typedef unsigned __int128 u128;

#define WRAPPING(bits, S, U) \
    BINARY(add_##bits, S, S, S, U, (U)(x + y)) \
    BINARY(sub_##bits, S, S, S, U, (U)(x - y)) \
    BINARY(mul_##bits, S, S, S, U, (U)((uint64_t)x * y)) \
    UNARY(neg_##bits, S, S, U, (U)(0 - x)) \
    TERNARY(mad_##bits, S, S, S, S, U, (U)((uint64_t)x * y + z))
WRAPPING(16, uint32_t, uint16_t)
WRAPPING(32, uint32_t, uint32_t)
WRAPPING(64, uint64_t, uint64_t)

// A division by zero gives all ones, as on the cards; the smallest by -1 itself. U is T without its sign.
#define SIGNED_OR_NOT(name, S, T, U, WIDE, bits, is_signed) \
    BINARY(min_##name, S, S, S, T, (U)(x < y ? x : y)) \
    BINARY(max_##name, S, S, S, T, (U)(x > y ? x : y)) \
    BINARY(mul_hi_##name, S, S, S, T, (U)(((WIDE)x * (WIDE)y) >> bits)) \
    TERNARY(mad_hi_##name, S, S, S, S, T, (U)((U)(((WIDE)x * (WIDE)y) >> bits) + (U)z)) \
    BINARY(div_##name, S, S, S, T, (U)(y == 0 ? (T)~(T)0 : (T)(y + 1) == 0 && is_signed ? (T)(0 - (U)x) : (T)(x / y))) \
    BINARY(rem_##name, S, S, S, T, (U)(y == 0 ? x : (T)(y + 1) == 0 && is_signed ? (T)0 : (T)(x % y)))
SIGNED_OR_NOT(u16, uint32_t, uint16_t, uint16_t, uint32_t, 16, false)
SIGNED_OR_NOT(s16, uint32_t, int16_t, uint16_t, int32_t, 16, true)
SIGNED_OR_NOT(u32, uint32_t, uint32_t, uint32_t, uint64_t, 32, false)
SIGNED_OR_NOT(s32, uint32_t, int32_t, uint32_t, int64_t, 32, true)
SIGNED_OR_NOT(u64, uint64_t, uint64_t, uint64_t, u128, 64, false)
SIGNED_OR_NOT(s64, uint64_t, int64_t, uint64_t, s128, 64, true)

#define WIDENING(name, S, D, T, W) \
    BINARY(mul_wide_##name, D, S, S, T, (W)x * (W)y) \
    TERNARY(mad_wide_##name, D, S, S, D, T, (D)((W)x * (W)y) + z)
WIDENING(u16, uint32_t, uint32_t, uint16_t, uint32_t)
WIDENING(s16, uint32_t, uint32_t, int16_t, int32_t)
WIDENING(u32, uint32_t, uint64_t, uint32_t, uint64_t)
WIDENING(s32, uint32_t, uint64_t, int32_t, int64_t)

UNARY(abs_s16, uint32_t, uint32_t, int16_t, (uint16_t)(x < 0 ? -x : x))
UNARY(abs_s32, uint32_t, uint32_t, int32_t, x < 0 ? 0u - (uint32_t)x : (uint32_t)x)
UNARY(abs_s64, uint64_t, uint64_t, int64_t, x < 0 ? 0u - (uint64_t)x : (uint64_t)x)

#define WRAPPING_ROWS(type, bits, one, two, three) \
    { "add." type, two, add_##bits }, { "sub." type, two, sub_##bits }, { "mul.lo." type, two, mul_##bits }, \
    { "mad.lo." type, three, mad_##bits }
#define SIGNED_ROWS(type, name, two, three) \
    { "min." type, two, min_##name }, { "max." type, two, max_##name }, { "mul.hi." type, two, mul_hi_##name }, \
    { "mad.hi." type, three, mad_hi_##name }, { "div." type, two, div_##name }, { "rem." type, two, rem_##name }

const operation integer_operations[] = {
    WRAPPING_ROWS("u16", 16, "22", "222", "2222"), WRAPPING_ROWS("s16", 16, "22", "222", "2222"),
    WRAPPING_ROWS("u32", 32, "44", "444", "4444"), WRAPPING_ROWS("s32", 32, "44", "444", "4444"),
    WRAPPING_ROWS("u64", 64, "88", "888", "8888"), WRAPPING_ROWS("s64", 64, "88", "888", "8888"),
    SIGNED_ROWS("u16", u16, "222", "2222"), SIGNED_ROWS("s16", s16, "222", "2222"),
    SIGNED_ROWS("u32", u32, "444", "4444"), SIGNED_ROWS("s32", s32, "444", "4444"),
    SIGNED_ROWS("u64", u64, "888", "8888"), SIGNED_ROWS("s64", s64, "888", "8888"),
    { "neg.s16", "22", neg_16 }, { "neg.s32", "44", neg_32 }, { "neg.s64", "88", neg_64 },
    { "abs.s16", "22", abs_s16 }, { "abs.s32", "44", abs_s32 }, { "abs.s64", "88", abs_s64 },
    { "mul.wide.u16", "422", mul_wide_u16 }, { "mul.wide.s16", "422", mul_wide_s16 },
    { "mul.wide.u32", "844", mul_wide_u32 }, { "mul.wide.s32", "844", mul_wide_s32 },
    { "mad.wide.u16", "4224", mad_wide_u16 }, { "mad.wide.s16", "4224", mad_wide_s16 },
    { "mad.wide.u32", "8448", mad_wide_u32 }, { "mad.wide.s32", "8448", mad_wide_s32 },
};
const int integer_operation_count = sizeof integer_operations / sizeof *integer_operations;
