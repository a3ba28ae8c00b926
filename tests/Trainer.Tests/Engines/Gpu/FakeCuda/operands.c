// Registers, numbers and symbols as operands of instructions.
#include "lanes.h"
#include "parser.h"
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

const char* const special_names[] = {
    "%tid.x", "%tid.y", "%tid.z", "%ntid.x", "%ntid.y", "%ntid.z", "%ctaid.x", "%ctaid.y", "%ctaid.z",
    "%nctaid.x", "%nctaid.y", "%nctaid.z", "%laneid", "%warpid",
};

static uint32_t lane_bytes(char sort) { return LANES * (sort == SORT_64 ? 8 : 4); }

uint32_t new_register(parser* p, char sort, uint32_t count)
{
    uint32_t place = p->kernel->register_bytes;
    p->kernel->register_bytes += count * lane_bytes(sort);
    return place;
}

// A number is a register that holds it from the start: so the interpreter knows registers alone.
uint32_t constant_place(parser* p, char sort, uint64_t value)
{
    kernel* k = p->kernel;
    for (int n = 0; n < k->constant_count; n++)
    {
        if (k->constants[n].sort == sort && k->constants[n].value == value)
        {
            return k->constants[n].place;
        }
    }
    uint32_t place = new_register(p, sort, 1);
    *APPEND(k->constants, k->constant_count) = (constant){ place, sort, value };
    return place;
}

uint32_t find_register(parser* p, const token* t, char* sort)
{
    for (int n = p->family_count - 1; n >= 0; n--)
    {
        const register_family* f = &p->families[n];
        int length = (int)strlen(f->prefix);
        if (t->length < length || memcmp(t->start, f->prefix, length) != 0)
        {
            continue;
        }
        *sort = f->sort;
        if (f->count == 0 && t->length == length)
        {
            return f->place;
        }
        uint32_t index = 0;
        int at = length;
        while (at < t->length && isdigit((unsigned char)t->start[at]) && index < 10000000)
        {
            index = 10 * index + (t->start[at++] - '0');
        }
        if (f->count != 0 && at == t->length && at > length && index < f->count)
        {
            return f->place + index * lane_bytes(f->sort);
        }
    }
    return NO_REGISTER;
}

const symbol* find_symbol(const parser* p, const token* t)
{
    for (int n = p->symbol_count - 1; n >= 0; n--)
    {
        if (is(t, p->symbols[n].name))
        {
            return &p->symbols[n];
        }
    }
    return NULL;
}

static const char* sort_name(char sort)
{
    switch (sort)
    {
        case SORT_16: return "16 bits";
        case SORT_32: return "32 bits";
        case SORT_64: return "64 bits";
        default: return "a predicate";
    }
}

uint32_t take_destination(parser* p, char sort)
{
    const token* t = take(p);
    char found;
    uint32_t place = find_register(p, t, &found);
    if (place == NO_REGISTER)
    {
        fail(p, t->line, "'%.*s' is no register", TEXT(t));
    }
    if (found != sort)
    {
        fail(p, t->line, "'%.*s' is %s, but the instruction writes %s", TEXT(t), sort_name(found), sort_name(sort));
    }
    return place;
}

static uint32_t special_place(parser* p, const token* t, char sort)
{
    for (int n = 0; n < SPECIAL_COUNT; n++)
    {
        if (is(t, special_names[n]))
        {
            if (sort != SORT_32)
            {
                fail(p, t->line, "'%.*s' is 32 bits", TEXT(t));
            }
            uint32_t* place = &p->kernel->special[n];
            *place = *place == NO_REGISTER ? new_register(p, SORT_32, 1) : *place;
            return *place;
        }
    }
    fail(p, t->line, "'%.*s' is no register that is known here", TEXT(t));
}

static uint64_t number(parser* p, char sort)
{
    const token* t = peek(p);
    bool is_float = t->length == 10 && t->start[0] == '0' && tolower(t->start[1]) == 'f';
    bool is_double = t->length == 18 && t->start[0] == '0' && tolower(t->start[1]) == 'd';
    if (is_float || is_double)
    {
        if (sort != (is_float ? SORT_32 : SORT_64))
        {
            fail(p, t->line, "'%.*s' is not %s", TEXT(t), sort_name(sort));
        }
        p->next++;
        char digits[20];
        snprintf(digits, sizeof digits, "%.*s", t->length - 2, t->start + 2);
        return strtoull(digits, NULL, 16);
    }
    uint64_t value = (uint64_t)take_integer(p);
    switch (sort)
    {
        case SORT_16: return (uint16_t)value;
        case SORT_32: return (uint32_t)value;
        case SORT_64: return value;
        default: return value != 0 ? 0xFFFFFFFFu : 0;
    }
}

uint32_t take_source(parser* p, char sort)
{
    const token* t = peek(p);
    if (*t->start == '-' || isdigit((unsigned char)*t->start))
    {
        return constant_place(p, sort, number(p, sort));
    }
    p->next++;
    char found;
    uint32_t place = find_register(p, t, &found);
    if (place != NO_REGISTER)
    {
        if (found != sort)
        {
            fail(p, t->line, "'%.*s' is %s, but the instruction reads %s", TEXT(t), sort_name(found), sort_name(sort));
        }
        return place;
    }
    const symbol* s = find_symbol(p, t);
    if (s == NULL)
    {
        return special_place(p, t, sort);
    }
    if (s->space == SPACE_PARAM || (sort != SORT_64 && sort != SORT_32))
    {
        fail(p, t->line, "the address of '%.*s' cannot be taken here", TEXT(t));
    }
    int64_t offset = accept(p, "+") ? take_integer(p) : 0;
    return constant_place(p, sort, s->address + offset);
}
