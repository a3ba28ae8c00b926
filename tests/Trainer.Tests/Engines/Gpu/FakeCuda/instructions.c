// One PTX instruction into the interpreter's form.
#include "lanes.h"
#include "parser.h"
#include <stdlib.h>
#include <string.h>

static const struct { const char* name; int type; } type_table[] = {
    { "u8", TYPE_U8 }, { "s8", TYPE_S8 }, { "b8", TYPE_U8 }, { "u16", TYPE_U16 }, { "s16", TYPE_S16 }, { "b16", TYPE_U16 },
    { "u32", TYPE_U32 }, { "s32", TYPE_S32 }, { "b32", TYPE_U32 }, { "u64", TYPE_U64 }, { "s64", TYPE_S64 }, { "b64", TYPE_U64 },
    { "f32", TYPE_F32 }, { "f64", TYPE_F64 }, { "pred", TYPE_PRED },
};
#define TYPE_ROWS ((int)(sizeof type_table / sizeof *type_table))

int type_of(const char* name)
{
    for (int n = 0; n < TYPE_ROWS; n++)
    {
        if (strcmp(type_table[n].name, name) == 0)
        {
            return type_table[n].type;
        }
    }
    return -1;
}

// In the order of the types' numbers.
static const struct { int bytes; char sort; } type_facts[] = {
    { 1, SORT_16 }, { 1, SORT_16 }, { 2, SORT_16 }, { 2, SORT_16 }, { 4, SORT_32 }, { 4, SORT_32 }, { 8, SORT_64 }, { 8, SORT_64 },
    { 4, SORT_32 }, { 8, SORT_64 }, { 1, SORT_PREDICATE },
};

int type_bytes(int type) { return type_facts[type].bytes; }
char type_sort(int type) { return type_facts[type].sort; }

// The words of an opcode: "ld.global.f32" is three.
typedef struct
{
    char text[8][24];
    int count;
    char whole[128];
    int line;
} opcode;

static opcode split_opcode(parser* p, const token* t)
{
    opcode o = { .line = t->line };
    if (t->length >= (int)sizeof o.whole)
    {
        fail(p, t->line, "an opcode of %d characters", t->length);
    }
    snprintf(o.whole, sizeof o.whole, "%.*s", TEXT(t));
    char copy[128];
    strcpy(copy, o.whole);
    char* rest;
    for (char* word = strtok_r(copy, ".", &rest); word != NULL && o.count < 8; word = strtok_r(NULL, ".", &rest))
    {
        snprintf(o.text[o.count++], sizeof o.text[0], "%.23s", word);
    }
    return o;
}

static bool has(const opcode* o, const char* word)
{
    for (int n = 1; n < o->count; n++)
    {
        if (strcmp(o->text[n], word) == 0)
        {
            return true;
        }
    }
    return false;
}

// What the numerics contract forbids is refused with its reason, although a card would take it.
_Noreturn static void refuse(parser* p, const opcode* o)
{
    static const char* const inexact[] = { "ftz", "approx", "full", "sat" };
    for (int n = 0; n < 4; n++)
    {
        if (has(o, inexact[n]))
        {
            fail(p, o->line, "'%s' is not the IEEE operation (.%s)", o->whole, inexact[n]);
        }
    }
    bool is_float = has(o, "f32") || has(o, "f64");
    bool fusible = strcmp(o->text[0], "add") == 0 || strcmp(o->text[0], "sub") == 0 || strcmp(o->text[0], "mul") == 0;
    if (is_float && fusible && o->count == 2)
    {
        fail(p, o->line, "'%s' says no rounding, so that the assembler may fuse it with a neighbour", o->whole);
    }
    fail(p, o->line, "'%s' is not known to this interpreter", o->whole);
}

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

static void parse_access(parser* p, const opcode* o, instruction* i)
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
    bool word = i->vector == 1 && i->sort == SORT_32 && type_bytes(type) == 4;
    i->run = i->space == SPACE_PARAM ? run_load_parameter : load ? (word ? run_load_32 : run_load) : word ? run_store_32 : run_store;
}

// setp.lt[.and].s32 p[|q], a, b[, [!]c]
static void parse_comparison(parser* p, const opcode* o, instruction* i)
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
static void parse_conversion(parser* p, const opcode* o, instruction* i)
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
static void parse_window(parser* p, const opcode* o, instruction* i)
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

static void parse_branch(parser* p, const opcode* o, instruction* i, int index)
{
    if (o->count > 2 || (o->count == 2 && strcmp(o->text[1], "uni") != 0))
    {
        refuse(p, o);
    }
    i->run = run_branch;
    branch* b = APPEND(p->branches, p->branch_count);
    b->instruction = index;
    b->line = o->line;
    copy_name(p, take(p), b->name);
}

static void parse_barrier(parser* p, const opcode* o, instruction* i)
{
    i->run = run_barrier;
    if (take_integer(p) != 0 || !is(peek(p), ";"))
    {
        fail(p, o->line, "'%s': only barrier 0 for all threads is supported", o->whole);
    }
}

// mov.b64 d, {a, b} and mov.b64 {d, e}, a
static bool parse_pack(parser* p, const opcode* o, instruction* i)
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

static const operation* find_operation(const char* name)
{
    const operation* tables[] = { integer_operations, float_operations, bit_operations };
    const int counts[] = { integer_operation_count, float_operation_count, bit_operation_count };
    for (int t = 0; t < 3; t++)
    {
        for (int n = 0; n < counts[t]; n++)
        {
            if (strcmp(tables[t][n].name, name) == 0)
            {
                return &tables[t][n];
            }
        }
    }
    return NULL;
}

static void parse_operation(parser* p, const opcode* o, instruction* i)
{
    const operation* found = find_operation(o->whole);
    if (found == NULL)
    {
        refuse(p, o);
    }
    i->run = found->run;
    uint32_t* places[] = { &i->d, &i->a, &i->b, &i->c, &i->more[0] };
    for (int n = 0; found->sorts[n] != 0; n++)
    {
        if (n > 0)
        {
            expect(p, ",");
        }
        *places[n] = n == 0 ? take_destination(p, found->sorts[0]) : take_source(p, found->sorts[n]);
    }
}

static void parse_by_name(parser* p, const opcode* o, instruction* i, int index)
{
    const char* name = o->text[0];
    if (strcmp(name, "ld") == 0 || strcmp(name, "ldu") == 0 || strcmp(name, "st") == 0)
    {
        parse_access(p, o, i);
    }
    else if (strcmp(name, "setp") == 0)
    {
        parse_comparison(p, o, i);
    }
    else if (strcmp(name, "cvt") == 0)
    {
        parse_conversion(p, o, i);
    }
    else if (strcmp(name, "cvta") == 0)
    {
        parse_window(p, o, i);
    }
    else if (strcmp(name, "bra") == 0)
    {
        parse_branch(p, o, i, index);
    }
    else if (strcmp(o->whole, "bar.sync") == 0 || strcmp(o->whole, "barrier.sync") == 0)
    {
        parse_barrier(p, o, i);
    }
    else if (strcmp(o->whole, "ret") == 0 || strcmp(o->whole, "exit") == 0)
    {
        i->run = run_exit;
    }
    else if (strcmp(o->whole, "trap") == 0)
    {
        i->run = run_trap;
    }
    else if (strcmp(name, "membar") == 0)
    {
        i->run = run_nothing;
    }
    else if (!parse_pack(p, o, i))
    {
        parse_operation(p, o, i);
    }
}

void parse_instruction(parser* p)
{
    instruction i = { .guard = NO_REGISTER };
    if (accept(p, "@"))
    {
        i.guard_is_negative = accept(p, "!");
        i.guard = take_source(p, SORT_PREDICATE);
    }
    const token* t = take(p);
    opcode o = split_opcode(p, t);
    if (o.count == 0)
    {
        fail(p, t->line, "syntax error at '%.*s'", TEXT(t));
    }
    i.line = t->line;
    int index = p->kernel->code_count;
    parse_by_name(p, &o, &i, index);
    expect(p, ";");
    *APPEND(p->kernel->code, p->kernel->code_count) = i;
}
