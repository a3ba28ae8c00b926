// setp: comparisons of integers and floats, ordered and unordered, joined with a further predicate where one is named.
#include "handlers.h"
#include <string.h>

// p = (a ? b) joined with c, q = !(a ? b) joined with c.
static void keep_comparison(lanes* g, const instruction* i, const uint32_t* result)
{
    uint32_t *p = REGISTER(g, i->d), *q = REGISTER(g, i->more[0]);
    const uint32_t *c = REGISTER(g, i->c), *m = g->mask;
    int join = i->detail & 3;
    uint32_t flip = (i->detail & 4) != 0 ? ~0u : 0;
    for (int l = 0; l < LANES; l++)
    {
        if (m[l] == 0)
        {
            continue;
        }
        uint32_t yes = result[l], no = ~yes, other = c[l] ^ flip;
        switch (join)
        {
            case 1: yes &= other; no &= other; break;
            case 2: yes |= other; no |= other; break;
            case 3: yes ^= other; no ^= other; break;
            default: break;
        }
        p[l] = yes;
        if (i->more[0] != NO_REGISTER)
        {
            q[l] = no;
        }
    }
}

#define COMPARISON(name, S, T, expression) \
    static void name(lanes* g, const instruction* i) \
    { \
        const S *a = REGISTER(g, i->a), *b = REGISTER(g, i->b); \
        uint32_t result[LANES]; \
        EACH_LANE \
        { \
            T x = (T)a[l], y = (T)b[l]; \
            result[l] = (expression) ? ~0u : 0; \
        } \
        if (i->detail == 0 && i->more[0] == NO_REGISTER) \
        { \
            uint32_t* p = REGISTER(g, i->d); \
            const uint32_t* m = g->mask; \
            EACH_LANE p[l] = m[l] != 0 ? result[l] : p[l]; \
            return; \
        } \
        keep_comparison(g, i, result); \
    }

#define ORDERINGS(name, S, T) \
    COMPARISON(eq_##name, S, T, x == y) \
    COMPARISON(ne_##name, S, T, x != y && x == x && y == y) \
    COMPARISON(lt_##name, S, T, x < y) \
    COMPARISON(le_##name, S, T, x <= y) \
    COMPARISON(gt_##name, S, T, x > y) \
    COMPARISON(ge_##name, S, T, x >= y)
ORDERINGS(u16, uint32_t, uint16_t)
ORDERINGS(s16, uint32_t, int16_t)
ORDERINGS(u32, uint32_t, uint32_t)
ORDERINGS(s32, uint32_t, int32_t)
ORDERINGS(u64, uint64_t, uint64_t)
ORDERINGS(s64, uint64_t, int64_t)
ORDERINGS(f32, float, float)
ORDERINGS(f64, double, double)

#define UNORDERED(name, T) \
    COMPARISON(equ_##name, T, T, !(x < y) && !(x > y)) \
    COMPARISON(neu_##name, T, T, !(x == y)) \
    COMPARISON(ltu_##name, T, T, !(x >= y)) \
    COMPARISON(leu_##name, T, T, !(x > y)) \
    COMPARISON(gtu_##name, T, T, !(x <= y)) \
    COMPARISON(geu_##name, T, T, !(x < y)) \
    COMPARISON(num_##name, T, T, x == x && y == y) \
    COMPARISON(nan_##name, T, T, x != x || y != y)
UNORDERED(f32, float)
UNORDERED(f64, double)

typedef struct
{
    const char* name;
    char sort;
    handler run;
} comparison;

#define ORDERING_ROWS(type, sort, name) \
    { "eq." type, sort, eq_##name }, { "ne." type, sort, ne_##name }, { "lt." type, sort, lt_##name }, \
    { "le." type, sort, le_##name }, { "gt." type, sort, gt_##name }, { "ge." type, sort, ge_##name }
// The older names of the unsigned ones.
#define LOWER_ROWS(type, sort, name) \
    { "lo." type, sort, lt_##name }, { "ls." type, sort, le_##name }, { "hi." type, sort, gt_##name }, { "hs." type, sort, ge_##name }
#define UNORDERED_ROWS(type, sort, name) \
    { "equ." type, sort, equ_##name }, { "neu." type, sort, neu_##name }, { "ltu." type, sort, ltu_##name }, \
    { "leu." type, sort, leu_##name }, { "gtu." type, sort, gtu_##name }, { "geu." type, sort, geu_##name }, \
    { "num." type, sort, num_##name }, { "nan." type, sort, nan_##name }

static const comparison comparisons[] = {
    ORDERING_ROWS("u16", SORT_16, u16), ORDERING_ROWS("s16", SORT_16, s16),
    ORDERING_ROWS("u32", SORT_32, u32), ORDERING_ROWS("s32", SORT_32, s32),
    ORDERING_ROWS("u64", SORT_64, u64), ORDERING_ROWS("s64", SORT_64, s64),
    ORDERING_ROWS("f32", SORT_32, f32), ORDERING_ROWS("f64", SORT_64, f64),
    LOWER_ROWS("u16", SORT_16, u16), LOWER_ROWS("u32", SORT_32, u32), LOWER_ROWS("u64", SORT_64, u64),
    UNORDERED_ROWS("f32", SORT_32, f32), UNORDERED_ROWS("f64", SORT_64, f64),
    { "eq.b16", SORT_16, eq_u16 }, { "ne.b16", SORT_16, ne_u16 }, { "eq.b32", SORT_32, eq_u32 },
    { "ne.b32", SORT_32, ne_u32 }, { "eq.b64", SORT_64, eq_u64 }, { "ne.b64", SORT_64, ne_u64 },
};

handler find_comparison(const char* name, char* sort)
{
    for (size_t n = 0; n < sizeof comparisons / sizeof *comparisons; n++)
    {
        if (strcmp(comparisons[n].name, name) == 0)
        {
            *sort = comparisons[n].sort;
            return comparisons[n].run;
        }
    }
    return NULL;
}
