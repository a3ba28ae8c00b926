// cvt: any integer or float into any other.
#include "handlers.h"
#include <math.h>
#include <string.h>

static int64_t read_integer(const lanes* g, const instruction* i, int l)
{
    uint64_t bits = i->vector == SORT_64 ? ((const uint64_t*)REGISTER(g, i->a))[l] : ((const uint32_t*)REGISTER(g, i->a))[l];
    switch (i->other_type)
    {
        case TYPE_U8: return (uint8_t)bits;
        case TYPE_S8: return (int8_t)bits;
        case TYPE_U16: return (uint16_t)bits;
        case TYPE_S16: return (int16_t)bits;
        case TYPE_U32: return (uint32_t)bits;
        case TYPE_S32: return (int32_t)bits;
        default: return (int64_t)bits;
    }
}

// Cut to the type, and that to the register, which may be wider.
static uint64_t cut(const instruction* i, uint64_t bits)
{
    switch (i->type)
    {
        case TYPE_U8: bits = (uint8_t)bits; break;
        case TYPE_S8: bits = (uint64_t)(int64_t)(int8_t)bits; break;
        case TYPE_U16: bits = (uint16_t)bits; break;
        case TYPE_S16: bits = (uint64_t)(int64_t)(int16_t)bits; break;
        case TYPE_U32: bits = (uint32_t)bits; break;
        case TYPE_S32: bits = (uint64_t)(int64_t)(int32_t)bits; break;
        default: break;
    }
    return i->sort == SORT_16 ? (uint16_t)bits : i->sort == SORT_32 ? (uint32_t)bits : bits;
}

static void limits(int type, __int128* least, __int128* most)
{
    int bits = 8 * type_bytes(type);
    bool is_signed = type == TYPE_S8 || type == TYPE_S16 || type == TYPE_S32 || type == TYPE_S64;
    *least = is_signed ? -((__int128)1 << (bits - 1)) : 0;
    *most = ((__int128)1 << (bits - is_signed)) - 1;
}

static uint64_t clamped(int type, __int128 value)
{
    __int128 least, most;
    limits(type, &least, &most);
    return (uint64_t)(value < least ? least : value > most ? most : value);
}

static double rounded(int detail, double x)
{
    switch (detail & 15)
    {
        case ROUND_RNI: return nearbyint(x);
        case ROUND_RZI: return trunc(x);
        case ROUND_RMI: return floor(x);
        case ROUND_RPI: return ceil(x);
        default: return x;
    }
}

static uint64_t integer_of(const instruction* i, double x)
{
    if (x != x)
    {
        return 0;
    }
    x = rounded(i->detail, x);
    return clamped(i->type, x > 1e20 ? (__int128)1 << 65 : x < -1e20 ? -((__int128)1 << 65) : (__int128)x);
}

static uint64_t float_bits(int type, double x)
{
    if (type == TYPE_F64)
    {
        uint64_t bits;
        memcpy(&bits, &x, sizeof bits);
        return x != x ? 0x7FFFFFFFFFFFFFFFull : bits;
    }
    float narrow = (float)x;
    uint32_t bits;
    memcpy(&bits, &narrow, sizeof bits);
    return x != x ? 0x7FFFFFFFu : bits;
}

static uint64_t converted(const lanes* g, const instruction* i, int l)
{
    if (i->other_type >= TYPE_F32)
    {
        // Binary32 in binary64 is exact.
        double x = i->other_type == TYPE_F64 ? ((const double*)REGISTER(g, i->a))[l] : ((const float*)REGISTER(g, i->a))[l];
        return i->type >= TYPE_F32 ? float_bits(i->type, rounded(i->detail, x)) : cut(i, integer_of(i, x));
    }
    int64_t x = read_integer(g, i, l);
    if (i->type == TYPE_F32)
    {
        // At once, and not by way of binary64: that would round twice.
        float narrow = i->other_type == TYPE_U64 ? (float)(uint64_t)x : (float)x;
        uint32_t bits;
        memcpy(&bits, &narrow, sizeof bits);
        return bits;
    }
    if (i->type == TYPE_F64)
    {
        return float_bits(TYPE_F64, i->other_type == TYPE_U64 ? (double)(uint64_t)x : (double)x);
    }
    if ((i->detail & SATURATE) != 0)
    {
        return cut(i, clamped(i->type, i->other_type == TYPE_U64 ? (__int128)(uint64_t)x : (__int128)x));
    }
    return cut(i, (uint64_t)x);
}

UNARY(widen_s32, uint64_t, uint32_t, int32_t, (int64_t)x)
UNARY(widen_u32, uint64_t, uint32_t, uint32_t, x)
UNARY(narrow_64, uint32_t, uint64_t, uint64_t, (uint32_t)x)

void run_convert(lanes* g, const instruction* i)
{
    // Addresses are made with these three all the time.
    if (i->sort == SORT_64 && i->vector == SORT_32 && i->type <= TYPE_S64 && i->type >= TYPE_U64 && i->detail == 0)
    {
        if (i->other_type == TYPE_S32)
        {
            widen_s32(g, i);
            return;
        }
        if (i->other_type == TYPE_U32)
        {
            widen_u32(g, i);
            return;
        }
    }
    if (i->sort == SORT_32 && i->vector == SORT_64 && i->other_type <= TYPE_S64 && i->type <= TYPE_S32 && i->type >= TYPE_U32
        && i->detail == 0)
    {
        narrow_64(g, i);
        return;
    }
    for (int l = 0; l < LANES; l++)
    {
        if (g->mask[l] == 0)
        {
            continue;
        }
        uint64_t bits = converted(g, i, l);
        if (i->sort == SORT_64)
        {
            ((uint64_t*)REGISTER(g, i->d))[l] = bits;
        }
        else
        {
            ((uint32_t*)REGISTER(g, i->d))[l] = (uint32_t)bits;
        }
    }
}
