// PTX into a module: the directives. What they declare is in declarations.c, the instructions in instructions.c.
#include "parser.h"
#include <stdlib.h>
#include <string.h>

static void skip_to(parser* p, const char* end)
{
    while (!is(take(p), end)) { }
}

static void resolve_branches(parser* p)
{
    for (int n = 0; n < p->branch_count; n++)
    {
        const branch* b = &p->branches[n];
        int m = 0;
        while (m < p->label_count && strcmp(p->labels[m].name, b->name) != 0)
        {
            m++;
        }
        if (m == p->label_count)
        {
            fail(p, b->line, "there is no label '%s'", b->name);
        }
        p->kernel->code[b->instruction].number = p->labels[m].target;
    }
    p->label_count = 0;
    p->branch_count = 0;
}

static void close_scope(parser* p)
{
    p->depth--;
    while (p->family_count > 0 && p->families[p->family_count - 1].depth > p->depth)
    {
        p->family_count--;
    }
    while (p->symbol_count > 0 && p->symbols[p->symbol_count - 1].depth > p->depth)
    {
        p->symbol_count--;
    }
}

static void take_statement(parser* p)
{
    const token* t = peek(p);
    if (accept(p, ".reg"))
    {
        declare_registers(p);
    }
    else if (accept(p, ".shared"))
    {
        declare_in_kernel(p, SPACE_SHARED);
    }
    else if (accept(p, ".local"))
    {
        declare_in_kernel(p, SPACE_LOCAL);
    }
    else if (accept(p, ".pragma"))
    {
        skip_to(p, ";");
    }
    else if (accept(p, ".loc"))
    {
        for (int line = t->line; peek(p)->line == line; take(p)) { }
    }
    else if (accept(p, "{"))
    {
        p->depth++;
    }
    else if (accept(p, "}"))
    {
        close_scope(p);
    }
    else if (*t->start == '.')
    {
        fail(p, t->line, "the directive '%.*s' is not supported in a function", TEXT(t));
    }
    else if (is(&t[1], ":"))
    {
        label* l = APPEND(p->labels, p->label_count);
        copy_name(p, take(p), l->name);
        l->target = p->kernel->code_count;
        take(p);
    }
    else
    {
        parse_instruction(p);
    }
}

static void take_kernel(parser* p)
{
    kernel* k = calloc(1, sizeof *k);
    *APPEND(p->module->kernels, p->module->kernel_count) = k;
    p->kernel = k;
    p->depth = 1;
    k->max_threads = 1024;
    k->module = p->module;
    // The first register is nobody's, so that its place can mean none.
    k->register_bytes = 256;
    copy_name(p, take(p), k->name);
    take_parameters(p);
    while (!is(peek(p), "{"))
    {
        const token* t = take(p);
        if (!is(t, ".maxntid") && !is(t, ".reqntid") && !is(t, ".minnctapersm"))
        {
            fail(p, t->line, "the directive '%.*s' is not supported", TEXT(t));
        }
        int64_t threads = take_integer(p);
        while (accept(p, ","))
        {
            threads *= take_integer(p);
        }
        k->max_threads = is(t, ".minnctapersm") ? k->max_threads : (int)threads;
    }
    int line = take(p)->line;
    while (p->depth > 0)
    {
        take_statement(p);
    }
    resolve_branches(p);
    instruction* last = APPEND(k->code, k->code_count);
    last->run = run_exit;
    last->line = line;
    p->kernel = NULL;
}

// .target sm_50 and .version 4.0 against the device and the driver.
static void take_demands(parser* p, int compute, int driver)
{
    expect(p, ".version");
    const token* t = take(p);
    char text[32];
    snprintf(text, sizeof text, "%.*s", TEXT(t));
    double version = strtod(text, NULL);
    int major = driver / 1000, minor = driver % 1000 / 10;
    double known = major >= 11 ? major - 4 + minor / 10.0 : major == 10 ? 6.3 + minor / 10.0 : 6.0;
    if (version > known + 0.01)
    {
        p->result = UNSUPPORTED_PTX_VERSION;
        fail(p, t->line, "Unsupported .version %s; current version is '%.1f'", text, known);
    }
    expect(p, ".target");
    t = take(p);
    snprintf(text, sizeof text, "%.*s", TEXT(t));
    int target = strncmp(text, "sm_", 3) == 0 ? atoi(text + 3) : 0;
    if (target == 0 || target > compute)
    {
        p->result = target == 0 ? INVALID_PTX : NO_BINARY_FOR_GPU;
        fail(p, t->line, "SM version specified by .target (%s) is higher than that of the device (sm_%d)", text, compute);
    }
    if (accept(p, ".address_size"))
    {
        expect(p, "64");
    }
}

static void take_module(parser* p)
{
    while (peek(p)->length != 0)
    {
        const token* t = take(p);
        bool visible = is(t, ".visible") || is(t, ".weak");
        t = visible ? take(p) : t;
        if (is(t, ".entry"))
        {
            take_kernel(p);
        }
        else if (is(t, ".global") || is(t, ".const"))
        {
            declare_in_module(p, is(t, ".global") ? SPACE_GLOBAL : SPACE_CONST);
        }
        else if (is(t, ".file"))
        {
            take_integer(p);
            take(p);
        }
        else
        {
            fail(p, t->line, is(t, ".func") ? "functions ('%.*s') are not supported" : "'%.*s' is not supported here", TEXT(t));
        }
    }
}

static void free_parser(parser* p)
{
    free(p->tokens);
    free(p->families);
    free(p->symbols);
    free(p->labels);
    free(p->branches);
}

module* parse_module(const char* text, int compute, int driver, int* result, char* message, size_t message_size)
{
    static parser p;
    p = (parser){ .message = message, .message_size = message_size, .module = calloc(1, sizeof(module)) };
    if (setjmp(p.failed) == 0)
    {
        split_tokens(&p, text);
        take_demands(&p, compute, driver);
        take_module(&p);
    }
    else
    {
        free_module(p.module);
        p.module = NULL;
    }
    free_parser(&p);
    *result = p.result;
    return p.module;
}

void free_module(module* m)
{
    for (int n = 0; n < m->kernel_count; n++)
    {
        kernel* k = m->kernels[n];
        free(k->parameters);
        free(k->code);
        free(k->constants);
        free(k->shared);
        free(k);
    }
    for (int n = 0; n < m->variable_count; n++)
    {
        free_region(m->variables[n]);
    }
    free(m->kernels);
    free(m->variables);
    free(m);
}
