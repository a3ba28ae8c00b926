// Moves, selections, logic, shifts and bit fields.
#include "handlers.h"

#define MOVES(bits, S) \
    UNARY(mov_##bits, S, S, S, x) \
    UNARY(not_##bits, S, S, S, bits == 16 ? (S)(uint16_t)~x : (S)~x) \
    BINARY(and_##bits, S, S, S, S, x & y) \
    BINARY(or_##bits, S, S, S, S, x | y) \
    BINARY(xor_##bits, S, S, S, S, x ^ y) \
    TERNARY(selp_##bits, S, S, S, uint32_t, S, z != 0 ? x : y)
MOVES(16, uint32_t)
MOVES(32, uint32_t)
MOVES(64, uint64_t)

UNARY(cnot_32, uint32_t, uint32_t, uint32_t, x == 0)

// A shift by more than all bits is one by all of them.
#define SHIFT(name, S, T, expression) \
    static void name(lanes* g, const instruction* i) \
    { \
        S *d = REGISTER(g, i->d), *a = REGISTER(g, i->a); \
        const uint32_t *b = REGISTER(g, i->b), *m = g->mask; \
        EACH_LANE \
        { \
            T x = (T)a[l]; \
            uint32_t by = b[l]; \
            KEEP(S, expression); \
        } \
    }
#define SHIFTS(bits, S, U, T) \
    SHIFT(shl_##bits, S, U, (U)(by >= bits ? 0 : (uint64_t)x << (by & 63))) \
    SHIFT(shr_u##bits, S, U, (U)(by >= bits ? 0 : x >> (by & (bits - 1)))) \
    SHIFT(shr_s##bits, S, T, (U)(x >> (by >= bits ? bits - 1 : by)))
SHIFTS(16, uint32_t, uint16_t, int16_t)
SHIFTS(32, uint32_t, uint32_t, int32_t)
SHIFTS(64, uint64_t, uint64_t, int64_t)

#define COUNTS(bits, S, LEADING, POPULATION) \
    UNARY(clz_##bits, uint32_t, S, S, x == 0 ? bits : LEADING(x)) \
    UNARY(popc_##bits, uint32_t, S, S, POPULATION(x))
COUNTS(32, uint32_t, __builtin_clz, __builtin_popcount)
COUNTS(64, uint64_t, __builtin_clzll, __builtin_popcountll)

static inline uint64_t reversed(uint64_t x, int bits)
{
    uint64_t result = 0;
    for (int n = 0; n < bits; n++)
    {
        result |= (x >> n & 1) << (bits - 1 - n);
    }
    return result;
}
UNARY(brev_32, uint32_t, uint32_t, uint32_t, reversed(x, 32))
UNARY(brev_64, uint64_t, uint64_t, uint64_t, reversed(x, 64))

// The field of `length` bits from `at`; with a sign, its last bit (or the number's) is repeated above it.
static inline uint64_t extracted(uint64_t x, uint32_t at, uint32_t length, int bits, bool is_signed)
{
    at &= 0xFF;
    length &= 0xFF;
    uint64_t result = at < 64 ? x >> at : 0;
    uint64_t mask = length >= 64 ? ~0ull : (1ull << length) - 1;
    result &= mask;
    uint32_t last = at + length - 1 < (uint32_t)bits - 1 ? at + length - 1 : (uint32_t)bits - 1;
    bool negative = is_signed && length != 0 && (x >> last & 1) != 0;
    uint32_t sign_from = at >= (uint32_t)bits ? 0 : last - at + 1;
    return negative ? result | (sign_from >= 64 ? 0 : ~0ull << sign_from) : result;
}

static inline uint64_t inserted(uint64_t from, uint64_t into, uint32_t at, uint32_t length)
{
    at &= 0xFF;
    length &= 0xFF;
    uint64_t mask = at >= 64 ? 0 : (length >= 64 ? ~0ull : (1ull << length) - 1) << at;
    return (into & ~mask) | ((at >= 64 ? 0 : from << at) & mask);
}

#define FIELDS(bits, S) \
    static void bfe_u##bits(lanes* g, const instruction* i) \
    { \
        S *d = REGISTER(g, i->d), *a = REGISTER(g, i->a); \
        const uint32_t *b = REGISTER(g, i->b), *c = REGISTER(g, i->c), *m = g->mask; \
        EACH_LANE \
        { \
            KEEP(S, extracted(a[l], b[l], c[l], bits, false)); \
        } \
    } \
    static void bfe_s##bits(lanes* g, const instruction* i) \
    { \
        S *d = REGISTER(g, i->d), *a = REGISTER(g, i->a); \
        const uint32_t *b = REGISTER(g, i->b), *c = REGISTER(g, i->c), *m = g->mask; \
        EACH_LANE \
        { \
            KEEP(S, extracted(a[l], b[l], c[l], bits, true)); \
        } \
    } \
    static void bfi_##bits(lanes* g, const instruction* i) \
    { \
        S *d = REGISTER(g, i->d), *a = REGISTER(g, i->a), *b = REGISTER(g, i->b); \
        const uint32_t *c = REGISTER(g, i->c), *e = REGISTER(g, i->more[0]), *m = g->mask; \
        EACH_LANE \
        { \
            KEEP(S, inserted(a[l], b[l], c[l], e[l])); \
        } \
    }
FIELDS(32, uint32_t)
FIELDS(64, uint64_t)

// The upper or lower word of (b:a) shifted by c: wrapped to 31, or clamped to 32.
#define FUNNEL(left, low, high, by) \
    (uint32_t)((left) ? ((uint64_t)(high) << 32 | (low)) << (by) >> 32 : ((uint64_t)(high) << 32 | (low)) >> (by))
TERNARY(shf_l_wrap, uint32_t, uint32_t, uint32_t, uint32_t, uint32_t, FUNNEL(1, x, y, z & 31))
TERNARY(shf_r_wrap, uint32_t, uint32_t, uint32_t, uint32_t, uint32_t, FUNNEL(0, x, y, z & 31))
TERNARY(shf_l_clamp, uint32_t, uint32_t, uint32_t, uint32_t, uint32_t, z > 32 ? FUNNEL(1, x, y, 32) : FUNNEL(1, x, y, z))
TERNARY(shf_r_clamp, uint32_t, uint32_t, uint32_t, uint32_t, uint32_t, z > 32 ? FUNNEL(0, x, y, 32) : FUNNEL(0, x, y, z))

// Four bytes of eight, each chosen by four bits; the fourth repeats the byte's sign.
static inline uint32_t permuted(uint32_t x, uint32_t y, uint32_t choice)
{
    uint64_t bytes = (uint64_t)y << 32 | x;
    uint32_t result = 0;
    for (int n = 0; n < 4; n++)
    {
        uint32_t which = choice >> (4 * n) & 15;
        uint8_t byte = (uint8_t)(bytes >> (8 * (which & 7)));
        byte = (which & 8) != 0 ? ((byte & 0x80) != 0 ? 0xFF : 0) : byte;
        result |= (uint32_t)byte << (8 * n);
    }
    return result;
}
TERNARY(prmt_32, uint32_t, uint32_t, uint32_t, uint32_t, uint32_t, permuted(x, y, z))

#define LOGIC_ROWS(type, bits, one, two) \
    { "and." type, two, and_##bits }, { "or." type, two, or_##bits }, { "xor." type, two, xor_##bits }, { "not." type, one, not_##bits }
#define MOVE_ROWS(type, bits, one, select) { "mov." type, one, mov_##bits }, { "selp." type, select, selp_##bits }

const operation bit_operations[] = {
    LOGIC_ROWS("b16", 16, "22", "222"), LOGIC_ROWS("b32", 32, "44", "444"), LOGIC_ROWS("b64", 64, "88", "888"),
    LOGIC_ROWS("pred", 32, "pp", "ppp"), { "mov.pred", "pp", mov_32 },
    MOVE_ROWS("b16", 16, "22", "222p"), MOVE_ROWS("u16", 16, "22", "222p"), MOVE_ROWS("s16", 16, "22", "222p"),
    MOVE_ROWS("b32", 32, "44", "444p"), MOVE_ROWS("u32", 32, "44", "444p"), MOVE_ROWS("s32", 32, "44", "444p"),
    MOVE_ROWS("f32", 32, "44", "444p"), MOVE_ROWS("f64", 64, "88", "888p"),
    MOVE_ROWS("b64", 64, "88", "888p"), MOVE_ROWS("u64", 64, "88", "888p"), MOVE_ROWS("s64", 64, "88", "888p"),
    { "cnot.b32", "44", cnot_32 },
    { "shl.b16", "224", shl_16 }, { "shl.b32", "444", shl_32 }, { "shl.b64", "884", shl_64 },
    { "shr.u16", "224", shr_u16 }, { "shr.u32", "444", shr_u32 }, { "shr.u64", "884", shr_u64 },
    { "shr.b16", "224", shr_u16 }, { "shr.b32", "444", shr_u32 }, { "shr.b64", "884", shr_u64 },
    { "shr.s16", "224", shr_s16 }, { "shr.s32", "444", shr_s32 }, { "shr.s64", "884", shr_s64 },
    { "clz.b32", "44", clz_32 }, { "clz.b64", "48", clz_64 }, { "popc.b32", "44", popc_32 }, { "popc.b64", "48", popc_64 },
    { "brev.b32", "44", brev_32 }, { "brev.b64", "88", brev_64 },
    { "bfe.u32", "4444", bfe_u32 }, { "bfe.s32", "4444", bfe_s32 },
    { "bfe.u64", "8844", bfe_u64 }, { "bfe.s64", "8844", bfe_s64 },
    { "bfi.b32", "44444", bfi_32 }, { "bfi.b64", "88844", bfi_64 },
    { "shf.l.wrap.b32", "4444", shf_l_wrap }, { "shf.r.wrap.b32", "4444", shf_r_wrap },
    { "shf.l.clamp.b32", "4444", shf_l_clamp }, { "shf.r.clamp.b32", "4444", shf_r_clamp },
    { "prmt.b32", "4444", prmt_32 },
};
const int bit_operation_count = sizeof bit_operations / sizeof *bit_operations;
