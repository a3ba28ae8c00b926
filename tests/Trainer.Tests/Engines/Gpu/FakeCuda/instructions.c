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
void refuse(parser* p, const opcode* o)
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
