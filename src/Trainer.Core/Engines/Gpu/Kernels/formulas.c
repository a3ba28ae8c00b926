INLINE float elementary_exp(float x) { return x; }
INLINE float elementary_log(float x) { return x; }
INLINE float relu_value(float z, GLOBAL const float* c) { return c[0] > z ? c[1] : z; }
INLINE float activation_value(const int activation, float z, GLOBAL const float* c)
{
    switch (activation)
    {
        case 1: return relu_value(z, c);
        default: return z;
    }
}
INLINE float activation_derivative(const int activation, float z, float a, GLOBAL const float* c)
{
    switch (activation)
    {
        case 1: return a > c[2] ? c[3] : c[4];
        default: return 1.0f;
    }
}
INLINE float rule_update(const int rule, float w, float g, float* first, float* second, float rate, float correction, GLOBAL const float* c)
{
    switch (rule)
    {
        case 1: return FMA(-rate, g, w);
        case 2: { float m = FMA(c[0], *first, c[1] * g); float v = FMA(c[2], *second, c[3]*(g*g)); *first = m; *second = v; return FMA(-rate, m / (SQRT(v) / correction + c[4]), w); }
        default: return g;
    }
}
INLINE int rule_states(const int rule) { return rule == 2 ? 2 : 0; }
#define EACH_ACTIVATION(DO) DO(linear, 0) DO(relu, 1)
#define EACH_RULE(DO) DO(gradient, 0) DO(sgd, 1) DO(adam, 2)
