// Written by the tracing type from the formulas in Activations/, Optimizers/ and Formulas/Elementary.cs.

INLINE float elementary_exp(float x)
{
    const float t0 = x > 89.0f ? 89.0f : x;
    const float t1 = (-105.0f) > t0 ? (-105.0f) : t0;
    const float t2 = FMA(t1, 1.442695f, 12582912.0f);
    const float t3 = t2 - 12582912.0f;
    const float t4 = FMA(t3, (-0.6931472f), t1);
    const float t5 = FMA(t3, 1.9046542E-09f, t4);
    const float t6 = FMA(0.0001984127f, t5, 0.0013888889f);
    const float t7 = FMA(t6, t5, 0.008333334f);
    const float t8 = FMA(t7, t5, 0.041666668f);
    const float t9 = FMA(t8, t5, 0.16666667f);
    const float t10 = FMA(t9, t5, 0.5f);
    const float t11 = FMA(t10, t5, 1.0f);
    const float t12 = FMA(t11, t5, 1.0f);
    const float t13 = FMA(t3, 0.5f, 12582912.0f);
    const float t14 = t13 - 12582912.0f;
    const float t15 = t14 + 12583039.0f;
    const float t16 = AS_FLOAT((uint)AS_INT(t15) << 23);
    const float t17 = t12 * t16;
    const float t18 = t3 - t14;
    const float t19 = t18 + 12583039.0f;
    const float t20 = AS_FLOAT((uint)AS_INT(t19) << 23);
    const float t21 = t17 * t20;
    return t21;
}

INLINE float elementary_log(float x)
{
    const float t0 = x * 8388608.0f;
    const float t1 = 1.1754944E-38f > x ? t0 : x;
    const float t2 = (float)((AS_INT(t1) >> 23) - 127);
    const float t3 = 1.1754944E-38f > x ? 23.0f : 0.0f;
    const float t4 = t2 - t3;
    const float t5 = AS_FLOAT((AS_INT(t1) & 0x7fffff) | 0x3f800000);
    const float t6 = t5 > 1.4142135f ? 1.0f : 0.0f;
    const float t7 = t4 + t6;
    const float t8 = t5 * 0.5f;
    const float t9 = t5 > 1.4142135f ? t8 : t5;
    const float t10 = t9 - 1.0f;
    const float t11 = t9 + 1.0f;
    const float t12 = t10 / t11;
    const float t13 = t12 * t12;
    const float t14 = FMA(0.22222222f, t13, 0.2857143f);
    const float t15 = FMA(t14, t13, 0.4f);
    const float t16 = FMA(t15, t13, 0.6666667f);
    const float t17 = t16 * t13;
    const float t18 = t7 * (-1.9046542E-09f);
    const float t19 = FMA(t17, t12, t18);
    const float t20 = FMA(2.0f, t12, t19);
    const float t21 = FMA(t7, 0.6931472f, t20);
    const float t22 = x > 3.4028235E+38f ? x : t21;
    const float t23 = -1.0f;
    const float t24 = x * x;
    const float t25 = t23 / t24;
    const float t26 = 0.0f > x ? AS_FLOAT(0xffc00000u) : t25;
    const float t27 = x > 0.0f ? t22 : t26;
    return t27;
}

INLINE float relu_value(float z, GLOBAL const float* c)
{
    const float t0 = c[0] > z ? c[1] : z;
    return t0;
}

INLINE float relu_derivative(float z, float a, GLOBAL const float* c)
{
    const float t0 = a > c[2] ? c[3] : c[4];
    return t0;
}

INLINE float sigmoid_value(float z, GLOBAL const float* c)
{
    const float t0 = -z;
    const float t1 = elementary_exp(t0);
    const float t2 = c[1] + t1;
    const float t3 = c[0] / t2;
    return t3;
}

INLINE float sigmoid_derivative(float z, float a, GLOBAL const float* c)
{
    const float t0 = c[2] - a;
    const float t1 = a * t0;
    return t1;
}

INLINE float sgd_update(float w, float g, float* first, float* second, float rate, float correction, GLOBAL const float* c)
{
    const float t0 = -rate;
    const float t1 = FMA(t0, g, w);
    return t1;
}

INLINE float sgd_momentum_update(float w, float g, float* first, float* second, float rate, float correction, GLOBAL const float* c)
{
    const float t0 = *first;
    const float t1 = FMA(c[0], t0, g);
    const float t2 = -rate;
    const float t3 = FMA(t2, t1, w);
    *first = t1;
    return t3;
}

INLINE float sgd_nesterov_update(float w, float g, float* first, float* second, float rate, float correction, GLOBAL const float* c)
{
    const float t0 = *first;
    const float t1 = FMA(c[0], t0, g);
    const float t2 = -rate;
    const float t3 = FMA(c[0], t1, g);
    const float t4 = FMA(t2, t3, w);
    *first = t1;
    return t4;
}

INLINE float adam_update(float w, float g, float* first, float* second, float rate, float correction, GLOBAL const float* c)
{
    const float t0 = *first;
    const float t1 = *second;
    const float t2 = c[1] * g;
    const float t3 = FMA(c[0], t0, t2);
    const float t4 = g * g;
    const float t5 = c[3] * t4;
    const float t6 = FMA(c[2], t1, t5);
    const float t7 = SQRT(t6);
    const float t8 = t7 / correction;
    const float t9 = t8 + c[4];
    const float t10 = -rate;
    const float t11 = t3 / t9;
    const float t12 = FMA(t10, t11, w);
    *first = t3;
    *second = t6;
    return t12;
}

INLINE float activation_value(const int activation, float z, GLOBAL const float* c)
{
    switch (activation)
    {
        case 1: return relu_value(z, c);
        case 2: return sigmoid_value(z, c);
        default: return z;
    }
}

INLINE float activation_derivative(const int activation, float z, float a, GLOBAL const float* c)
{
    switch (activation)
    {
        case 1: return relu_derivative(z, a, c);
        case 2: return sigmoid_derivative(z, a, c);
        default: return 1.0f;
    }
}

INLINE float rule_update(const int rule, float w, float g, float* first, float* second, float rate, float correction, GLOBAL const float* c)
{
    switch (rule)
    {
        case 1: return sgd_update(w, g, first, second, rate, correction, c);
        case 2: return sgd_momentum_update(w, g, first, second, rate, correction, c);
        case 3: return sgd_nesterov_update(w, g, first, second, rate, correction, c);
        case 4: return adam_update(w, g, first, second, rate, correction, c);
        default: return g;
    }
}

INLINE int rule_states(const int rule)
{
    switch (rule)
    {
        case 1: return 0;
        case 2: return 1;
        case 3: return 1;
        case 4: return 2;
        default: return 0;
    }
}

