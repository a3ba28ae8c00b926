// PTX text into tokens, and the parser's ways to go through them.
#include "parser.h"
#include <ctype.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

void grow(void** list, int* count, size_t size)
{
    // Room for a power of two at a time.
    if ((*count & (*count - 1)) == 0)
    {
        *list = realloc(*list, size * (*count == 0 ? 1 : 2 * (size_t)*count));
    }
    memset((uint8_t*)*list + size * *count, 0, size);
    (*count)++;
}

void fail(parser* p, int line, const char* format, ...)
{
    char reason[512];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(reason, sizeof reason, format, arguments);
    va_end(arguments);
    snprintf(p->message, p->message_size, "ptxas application ptx input, line %d; error   : %s", line, reason);
    if (p->result == SUCCESS)
    {
        p->result = INVALID_PTX;
    }
    longjmp(p->failed, 1);
}

static bool in_word(char c) { return isalnum((unsigned char)c) || c == '_' || c == '$' || c == '%' || c == '.'; }

static const char* end_of_token(const char* at)
{
    if (*at == '"')
    {
        const char* end = strpbrk(at + 1, "\"\n");
        return end != NULL && *end == '"' ? end + 1 : NULL;
    }
    if (!in_word(*at))
    {
        return at + 1;
    }
    while (in_word(*at))
    {
        at++;
    }
    return at;
}

void split_tokens(parser* p, const char* text)
{
    int line = 1;
    for (const char* at = text; *at != 0;)
    {
        if (*at == '\n')
        {
            line++;
        }
        if (isspace((unsigned char)*at))
        {
            at++;
        }
        else if (at[0] == '/' && at[1] == '/')
        {
            at += strcspn(at, "\n");
        }
        else if (at[0] == '/' && at[1] == '*')
        {
            const char* end = strstr(at, "*/");
            if (end == NULL)
            {
                fail(p, line, "a comment without an end");
            }
            for (; at < end + 2; at++)
            {
                line += *at == '\n';
            }
        }
        else
        {
            const char* end = end_of_token(at);
            if (end == NULL)
            {
                fail(p, line, "a text without an end");
            }
            *APPEND(p->tokens, p->token_count) = (token){ at, (int)(end - at), line };
            at = end;
        }
    }
    // Twice: who looks one token ahead stays within the list.
    *APPEND(p->tokens, p->token_count) = (token){ "end of the text", 0, line };
    *APPEND(p->tokens, p->token_count) = (token){ "end of the text", 0, line };
}

const token* peek(const parser* p) { return &p->tokens[p->next]; }

const token* take(parser* p)
{
    const token* t = peek(p);
    if (t->length == 0)
    {
        fail(p, t->line, "the text ends too early");
    }
    p->next++;
    return t;
}

bool is(const token* t, const char* text)
{
    return (int)strlen(text) == t->length && memcmp(t->start, text, t->length) == 0;
}

bool accept(parser* p, const char* text)
{
    if (!is(peek(p), text))
    {
        return false;
    }
    p->next++;
    return true;
}

void expect(parser* p, const char* text)
{
    const token* t = take(p);
    if (!is(t, text))
    {
        fail(p, t->line, "syntax error at '%.*s': '%s' was expected", TEXT(t), text);
    }
}

int64_t take_integer(parser* p)
{
    bool negative = accept(p, "-");
    const token* t = take(p);
    char digits[80];
    snprintf(digits, sizeof digits, "%.*s", TEXT(t));
    char* end;
    uint64_t value = strncmp(digits, "0b", 2) == 0 ? strtoull(digits + 2, &end, 2) : strtoull(digits, &end, 0);
    end += *end == 'U';
    if (!isdigit((unsigned char)digits[0]) || *end != 0)
    {
        fail(p, t->line, "'%.*s' is no whole number", TEXT(t));
    }
    return negative ? -(int64_t)value : (int64_t)value;
}

void copy_name(parser* p, const token* t, char name[256])
{
    if (t->length > 255 || !in_word(*t->start))
    {
        fail(p, t->line, "'%.*s' is no name", TEXT(t));
    }
    snprintf(name, 256, "%.*s", TEXT(t));
}
