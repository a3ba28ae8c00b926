// How a handler of one instruction is written: an expression of x, y, z, carried out for every lane and kept where the lane
// takes part. S is what a register's lane is stored as, T what it is read as.
#ifndef HANDLERS_H
#define HANDLERS_H

#include "lanes.h"
#include "parser.h"

// 16 bits are stored in 32, the upper ones 0.
#define KEEP(S, value) \
    do \
    { \
        S kept = (S)(value); \
        d[l] = m[l] != 0 ? kept : d[l]; \
    } \
    while (0)

#define UNARY(name, D, A, T, expression) \
    static void name(lanes* g, const instruction* i) \
    { \
        D* d = REGISTER(g, i->d); \
        const A* a = REGISTER(g, i->a); \
        const uint32_t* m = g->mask; \
        EACH_LANE \
        { \
            T x = (T)a[l]; \
            KEEP(D, expression); \
        } \
    }

#define BINARY(name, D, A, B, T, expression) \
    static void name(lanes* g, const instruction* i) \
    { \
        D* d = REGISTER(g, i->d); \
        const A* a = REGISTER(g, i->a); \
        const B* b = REGISTER(g, i->b); \
        const uint32_t* m = g->mask; \
        EACH_LANE \
        { \
            T x = (T)a[l]; \
            T y = (T)b[l]; \
            KEEP(D, expression); \
        } \
    }

#define TERNARY(name, D, A, B, C, T, expression) \
    static void name(lanes* g, const instruction* i) \
    { \
        D* d = REGISTER(g, i->d); \
        const A* a = REGISTER(g, i->a); \
        const B* b = REGISTER(g, i->b); \
        const C* c = REGISTER(g, i->c); \
        const uint32_t* m = g->mask; \
        EACH_LANE \
        { \
            T x = (T)a[l]; \
            T y = (T)b[l]; \
            C z = (C)c[l]; \
            KEEP(D, expression); \
        } \
    }

#endif
