// The instructions whose operands have a form of their own: addresses and vectors, comparisons, conversions, pairs of words.
#include "lanes.h"
#include "parser.h"
#include <string.h>

static void take_address(parser* p, instruction* i)
{
    expect(p, "[");
    const token* t = peek(p);
    const symbol* s = find_symbol(p, t);
    char sort;
    if (s != NULL)
    {
        take(p);
        if (s->space != i->space && i->space != SPACE_GENERIC)
        {
            fail(p, t->line, "'%.*s' lies in another space", TEXT(t));
        }
        i->a = constant_place(p, SORT_64, 0);
        i->number = (int64_t)s->address;
    }
    else if (find_register(p, t, &sort) != NO_REGISTER)
    {
        i->a = take_source(p, SORT_64);
    }
    else
    {
        i->a = constant_place(p, SORT_64, 0);
        i->number = take_integer(p);
    }
    while (accept(p, "+"))
    {
        i->number += take_integer(p);
    }
    if (accept(p, "-"))
    {
        i->number -= take_integer(p);
    }
    expect(p, "]");
}

// A register of a load or store may be wider than what is moved, never narrower.
static uint32_t take_moved(parser* p, instruction* i, bool load)
{
    const token* t = peek(p);
    char sort = type_sort(i->type), found;
    uint32_t place = find_register(p, t, &found);
    if (place != NO_REGISTER)
    {
        bool wide_enough = found == sort || (found != SORT_PREDICATE && found > sort && i->type < TYPE_F32);
        if (!wide_enough)
        {
            fail(p, t->line, "'%.*s' does not fit the type of the instruction", TEXT(t));
        }
        i->sort = (uint8_t)found;
        take(p);
        return place;
    }
    i->sort = (uint8_t)sort;
    return load ? take_destination(p, sort) : take_source(p, sort);
}

static void take_vector(parser* p, instruction* i, bool load)
{
    if (i->vector == 1)
    {
        i->d = take_moved(p, i, load);
        return;
    }
    expect(p, "{");
    for (int n = 0; n < i->vector; n++)
    {
        uint32_t place = take_moved(p, i, load);
        *(n == 0 ? &i->d : &i->more[n - 1]) = place;
        expect(p, n == i->vector - 1 ? "}" : ",");
    }
}

void parse_access(parser* p, const opcode* o, instruction* i)
{
    static const char* const spaces[] = { "generic", "global", "shared", "local", "param", "const" };
    bool load = o->text[0][1] == 'd';
    i->vector = 1;
    i->space = SPACE_GENERIC;
    for (int n = 1; n < o->count - 1; n++)
    {
        const char* word = o->text[n];
        int space = 1;
        while (space < 6 && strcmp(word, spaces[space]) != 0)
        {
            space++;
        }
        if (space < 6)
        {
            i->space = (uint8_t)space;
        }
        else if (strcmp(word, "v2") == 0 || strcmp(word, "v4") == 0)
        {
            i->vector = (uint8_t)(word[1] - '0');
        }
        else if (strcmp(word, "nc") != 0 && strcmp(word, "volatile") != 0 && strcmp(word, "weak") != 0
            && !(load ? strcmp(word, "ca") == 0 || strcmp(word, "cg") == 0 || strcmp(word, "cs") == 0 : strcmp(word, "wb") == 0))
        {
            refuse(p, o);
        }
    }
    int type = type_of(o->text[o->count - 1]);
    if (type < 0 || type == TYPE_PRED || (!load && (i->space == SPACE_PARAM || i->space == SPACE_CONST)))
    {
        refuse(p, o);
    }
    i->type = (uint8_t)type;
    if (load)
    {
        take_vector(p, i, load);
        expect(p, ",");
    }
    take_address(p, i);
    if (!load)
    {
        expect(p, ",");
        take_vector(p, i, load);
    }
    bool word = i->sort == SORT_32 && type_bytes(type) == 4;
    i->run = i->space == SPACE_PARAM ? run_load_parameter : load ? (word ? run_load_32 : run_load) : word ? run_store_32 : run_store;
}

// setp.lt[.and].s32 p[|q], a, b[, [!]c]
void parse_comparison(parser* p, const opcode* o, instruction* i)
{
    static const char* const joins[] = { "", "and", "or", "xor" };
    char name[64];
    char sort;
    int join = 0;
    if (o->count == 4)
    {
        for (join = 1; join < 4 && strcmp(joins[join], o->text[2]) != 0; join++) { }
    }
    if ((o->count != 3 && o->count != 4) || join == 4)
    {
        refuse(p, o);
    }
    snprintf(name, sizeof name, "%s.%s", o->text[1], o->text[o->count - 1]);
    i->run = find_comparison(name, &sort);
    if (i->run == NULL)
    {
        refuse(p, o);
    }
    i->detail = (uint8_t)join;
    i->d = take_destination(p, SORT_PREDICATE);
    i->more[0] = accept(p, "|") ? take_destination(p, SORT_PREDICATE) : NO_REGISTER;
    expect(p, ",");
    i->a = take_source(p, sort);
    expect(p, ",");
    i->b = take_source(p, sort);
    if (join != 0)
    {
        expect(p, ",");
        i->detail |= accept(p, "!") ? 4 : 0;
        i->c = take_source(p, SORT_PREDICATE);
    }
}

// cvt[.rounding].to.from d, a
void parse_conversion(parser* p, const opcode* o, instruction* i)
{
    static const char* const roundings[] = { "", "rn", "rz", "rm", "rp", "rni", "rzi", "rmi", "rpi" };
    int to = o->count >= 3 ? type_of(o->text[o->count - 2]) : -1;
    int from = o->count >= 3 ? type_of(o->text[o->count - 1]) : -1;
    if (to < 0 || from < 0 || to == TYPE_PRED || from == TYPE_PRED)
    {
        refuse(p, o);
    }
    for (int n = 1; n < o->count - 2; n++)
    {
        int rounding = 1;
        while (rounding < 9 && strcmp(o->text[n], roundings[rounding]) != 0)
        {
            rounding++;
        }
        if (strcmp(o->text[n], "sat") == 0 && to < TYPE_F32)
        {
            i->detail |= SATURATE;
            continue;
        }
        if (rounding == 9)
        {
            refuse(p, o);
        }
        i->detail |= (uint8_t)rounding;
    }
    bool float_in = from >= TYPE_F32, float_out = to >= TYPE_F32, narrowing = from == TYPE_F64 && to == TYPE_F32;
    int rounding = i->detail & 15;
    bool fits = float_in && (!float_out || (to == from && rounding != 0)) ? rounding >= ROUND_RNI
        : float_out && (!float_in || narrowing) ? rounding == ROUND_RN
        : rounding == ROUND_NONE;
    if (!fits)
    {
        fail(p, o->line, "'%s': this rounding is not supported", o->whole);
    }
    i->type = (uint8_t)to;
    i->other_type = (uint8_t)from;
    i->run = run_convert;
    i->d = take_moved(p, i, true);
    expect(p, ",");
    uint8_t to_sort = i->sort;
    i->type = (uint8_t)from;
    i->a = take_moved(p, i, false);
    i->vector = i->sort;
    i->sort = to_sort;
    i->type = (uint8_t)to;
}

// cvta[.to].space.u64 d, a
void parse_window(parser* p, const opcode* o, instruction* i)
{
    bool to = o->count == 4 && strcmp(o->text[1], "to") == 0;
    const char* space = o->text[to ? 2 : 1];
    if ((!to && o->count != 3) || strcmp(o->text[o->count - 1], "u64") != 0)
    {
        refuse(p, o);
    }
    int64_t window = strcmp(space, "shared") == 0 ? (int64_t)SHARED_WINDOW : strcmp(space, "local") == 0 ? (int64_t)LOCAL_WINDOW : 0;
    if (window == 0 && strcmp(space, "global") != 0 && strcmp(space, "const") != 0)
    {
        refuse(p, o);
    }
    i->number = to ? -window : window;
    i->run = run_add_window;
    i->d = take_destination(p, SORT_64);
    expect(p, ",");
    i->a = take_source(p, SORT_64);
}

// mov.b64 d, {a, b} and mov.b64 {d, e}, a
bool parse_pack(parser* p, const opcode* o, instruction* i)
{
    if (strcmp(o->whole, "mov.b64") != 0)
    {
        return false;
    }
    if (accept(p, "{"))
    {
        i->run = run_unpack;
        i->d = take_destination(p, SORT_32);
        expect(p, ",");
        i->b = take_destination(p, SORT_32);
        expect(p, "}");
        expect(p, ",");
        i->a = take_source(p, SORT_64);
        return true;
    }
    if (!is(peek(p) + 2, "{"))
    {
        return false;
    }
    i->run = run_pack;
    i->d = take_destination(p, SORT_64);
    expect(p, ",");
    expect(p, "{");
    i->a = take_source(p, SORT_32);
    expect(p, ",");
    i->b = take_source(p, SORT_32);
    expect(p, "}");
    return true;
}
