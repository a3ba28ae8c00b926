// Written by the tracing type from the formulas in Activations/, Optimizers/, Regularizers/ and Formulas/Elementary.cs.

typedef struct
{
    float rate;
    float correction;
    float third;
    float fourth;
} scalars_t;

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

INLINE float elementary_expm1(float x)
{
    const float t0 = x > 89.0f ? 89.0f : x;
    const float t1 = (-18.0f) > t0 ? (-18.0f) : t0;
    const float t2 = FMA(t1, 1.442695f, 12582912.0f);
    const float t3 = t2 - 12582912.0f;
    const float t4 = FMA(t3, (-0.6931472f), t1);
    const float t5 = FMA(t3, 1.9046542E-09f, t4);
    const float t6 = FMA(2.4801588E-05f, t5, 0.0001984127f);
    const float t7 = FMA(t6, t5, 0.0013888889f);
    const float t8 = FMA(t7, t5, 0.008333334f);
    const float t9 = FMA(t8, t5, 0.041666668f);
    const float t10 = FMA(t9, t5, 0.16666667f);
    const float t11 = FMA(t10, t5, 0.5f);
    const float t12 = t5 * t5;
    const float t13 = FMA(t12, t11, t5);
    const float t14 = t3 - 1.0f;
    const float t15 = t14 + 12583039.0f;
    const float t16 = AS_FLOAT((uint)AS_INT(t15) << 23);
    const float t17 = t16 - 0.5f;
    const float t18 = FMA(t16, t13, t17);
    const float t19 = x * x;
    const float t20 = t18 + t18;
    const float t21 = t19 > 1E-16f ? t20 : x;
    return t21;
}

INLINE float elementary_normal_cdf(float x)
{
    const float t0 = -x;
    const float t1 = x > 0.0f ? x : t0;
    const float t2 = t1 > 14.5f ? 14.5f : t1;
    const float t3 = t2 * t2;
    const float t4 = -t3;
    const float t5 = FMA(t2, t2, t4);
    const float t6 = t3 * (-0.5f);
    const float t7 = elementary_exp(t6);
    const float t8 = t5 * (-0.5f);
    const float t9 = FMA(t7, t8, t7);
    const float t10 = t2 + 3.0f;
    const float t11 = t2 - 3.0f;
    const float t12 = t11 / t10;
    const float t13 = FMA(5.5355966E-05f, t12, 0.00013312591f);
    const float t14 = FMA(t13, t12, (-0.00024458265f));
    const float t15 = FMA(t14, t12, (-0.0010342221f));
    const float t16 = FMA(t15, t12, 0.0010241357f);
    const float t17 = FMA(t16, t12, 0.0069698133f);
    const float t18 = FMA(t17, t12, (-0.010462293f));
    const float t19 = FMA(t18, t12, (-0.047262747f));
    const float t20 = FMA(t19, t12, 0.23001768f);
    const float t21 = FMA(t20, t12, (-0.509332f));
    const float t22 = FMA(t21, t12, 0.7290837f);
    const float t23 = t9 * t22;
    const float t24 = t23 / t10;
    const float t25 = 1.0f - t24;
    const float t26 = x > 0.0f ? t25 : t24;
    return t26;
}

INLINE float add_l2(float w, float g, float lambda)
{
    const float t0 = FMA(lambda, w, g);
    return t0;
}

INLINE float add_l1(float w, float g, float lambda)
{
    const float t0 = -lambda;
    const float t1 = 0.0f > w ? t0 : 0.0f;
    const float t2 = w > 0.0f ? lambda : t1;
    const float t3 = g + t2;
    return t3;
}

INLINE float clip_element(float g, float bound)
{
    const float t0 = -bound;
    const float t1 = -bound;
    const float t2 = t0 > g ? t1 : g;
    const float t3 = g > bound ? bound : t2;
    return t3;
}

INLINE float norm_factor_of(float squares, float norm)
{
    const float t0 = SQRT(squares);
    const float t1 = t0 + 1E-06f;
    const float t2 = norm / t1;
    const float t3 = t2 > 1.0f ? 1.0f : t2;
    return t3;
}

INLINE float unit_factor_of(float squares, float norm)
{
    const float t0 = SQRT(squares);
    const float t1 = norm / t0;
    const float t2 = t0 > norm ? t1 : 1.0f;
    return t2;
}

INLINE float shrink(float w, float decay)
{
    const float t0 = -decay;
    const float t1 = FMA(t0, w, w);
    return t1;
}

INLINE float moving_average(float average, float w, float decay, float rest)
{
    const float t0 = rest * w;
    const float t1 = FMA(decay, average, t0);
    return t1;
}

INLINE float inverse_deviation(float variance, float eps)
{
    const float t0 = variance + eps;
    const float t1 = SQRT(t0);
    const float t2 = 1.0f / t1;
    return t2;
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

INLINE float tanh_value(float z, GLOBAL const float* c)
{
    const float t0 = -z;
    const float t1 = z > c[0] ? t0 : z;
    const float t2 = t1 + t1;
    const float t3 = elementary_expm1(t2);
    const float t4 = c[1] + t3;
    const float t5 = t3 / t4;
    const float t6 = -t5;
    const float t7 = z > c[0] ? t6 : t5;
    return t7;
}

INLINE float tanh_derivative(float z, float a, GLOBAL const float* c)
{
    const float t0 = -a;
    const float t1 = FMA(t0, a, c[2]);
    return t1;
}

INLINE float leaky_relu_value(float z, GLOBAL const float* c)
{
    const float t0 = c[1] * z;
    const float t1 = z > c[0] ? z : t0;
    return t1;
}

INLINE float leaky_relu_derivative(float z, float a, GLOBAL const float* c)
{
    const float t0 = z > c[2] ? c[3] : c[4];
    return t0;
}

INLINE float elu_value(float z, GLOBAL const float* c)
{
    const float t0 = elementary_expm1(z);
    const float t1 = c[1] * t0;
    const float t2 = z > c[0] ? z : t1;
    return t2;
}

INLINE float elu_derivative(float z, float a, GLOBAL const float* c)
{
    const float t0 = a + c[4];
    const float t1 = z > c[2] ? c[3] : t0;
    return t1;
}

INLINE float selu_value(float z, GLOBAL const float* c)
{
    const float t0 = c[1] * z;
    const float t1 = elementary_expm1(z);
    const float t2 = c[2] * t1;
    const float t3 = z > c[0] ? t0 : t2;
    return t3;
}

INLINE float selu_derivative(float z, float a, GLOBAL const float* c)
{
    const float t0 = a + c[5];
    const float t1 = z > c[3] ? c[4] : t0;
    return t1;
}

INLINE float gelu_value(float z, GLOBAL const float* c)
{
    const float t0 = elementary_normal_cdf(z);
    const float t1 = z * t0;
    return t1;
}

INLINE float gelu_derivative(float z, float a, GLOBAL const float* c)
{
    const float t0 = z * z;
    const float t1 = c[1] * t0;
    const float t2 = elementary_exp(t1);
    const float t3 = c[0] * t2;
    const float t4 = elementary_normal_cdf(z);
    const float t5 = FMA(z, t3, t4);
    return t5;
}

INLINE float gelu_tanh_value(float z, GLOBAL const float* c)
{
    const float t0 = z * z;
    const float t1 = FMA(c[1], t0, c[2]);
    const float t2 = z * t1;
    const float t3 = -t2;
    const float t4 = elementary_exp(t3);
    const float t5 = c[0] + t4;
    const float t6 = z / t5;
    return t6;
}

INLINE float gelu_tanh_derivative(float z, float a, GLOBAL const float* c)
{
    const float t0 = z * z;
    const float t1 = FMA(c[4], t0, c[5]);
    const float t2 = z * t1;
    const float t3 = -t2;
    const float t4 = elementary_exp(t3);
    const float t5 = c[3] + t4;
    const float t6 = c[3] / t5;
    const float t7 = c[3] - t6;
    const float t8 = t4 * t6;
    const float t9 = t4 > c[3] ? t7 : t8;
    const float t10 = z * z;
    const float t11 = FMA(c[6], t10, c[7]);
    const float t12 = a * t9;
    const float t13 = FMA(t12, t11, t6);
    return t13;
}

INLINE float silu_value(float z, GLOBAL const float* c)
{
    const float t0 = -z;
    const float t1 = elementary_exp(t0);
    const float t2 = c[0] + t1;
    const float t3 = z / t2;
    return t3;
}

INLINE float silu_derivative(float z, float a, GLOBAL const float* c)
{
    const float t0 = -z;
    const float t1 = elementary_exp(t0);
    const float t2 = c[1] + t1;
    const float t3 = c[1] / t2;
    const float t4 = c[1] - t3;
    const float t5 = FMA(a, t4, t3);
    return t5;
}

INLINE float softplus_value(float z, GLOBAL const float* c)
{
    const float t0 = c[1] * z;
    const float t1 = t0 > c[0] ? t0 : c[0];
    const float t2 = -t0;
    const float t3 = t0 > c[0] ? t2 : t0;
    const float t4 = elementary_exp(t3);
    const float t5 = c[2] + t4;
    const float t6 = elementary_log(t5);
    const float t7 = t5 - c[2];
    const float t8 = t4 - t7;
    const float t9 = t8 / t5;
    const float t10 = t6 + t9;
    const float t11 = t1 + t10;
    const float t12 = t11 / c[4];
    const float t13 = t0 > c[3] ? z : t12;
    return t13;
}

INLINE float softplus_derivative(float z, float a, GLOBAL const float* c)
{
    const float t0 = c[6] * z;
    const float t1 = -t0;
    const float t2 = elementary_exp(t1);
    const float t3 = c[5] + t2;
    const float t4 = c[5] / t3;
    const float t5 = t0 > c[7] ? c[5] : t4;
    return t5;
}

INLINE float hard_sigmoid_value(float z, GLOBAL const float* c)
{
    const float t0 = z + c[2];
    const float t1 = c[0] > t0 ? c[0] : t0;
    const float t2 = t1 > c[1] ? c[1] : t1;
    const float t3 = t2 / c[1];
    return t3;
}

INLINE float hard_sigmoid_derivative(float z, float a, GLOBAL const float* c)
{
    const float t0 = c[4] > z ? c[5] : c[3];
    const float t1 = z > c[6] ? t0 : c[3];
    return t1;
}

INLINE float identity_value(float z, GLOBAL const float* c)
{
    return z;
}

INLINE float identity_derivative(float z, float a, GLOBAL const float* c)
{
    return c[0];
}

INLINE float sgd_update(float w, float g, float* first, float* second, float* third, const scalars_t step, GLOBAL const float* c)
{
    const float t0 = -step.rate;
    const float t1 = FMA(t0, g, w);
    return t1;
}

INLINE float sgd_momentum_update(float w, float g, float* first, float* second, float* third, const scalars_t step, GLOBAL const float* c)
{
    const float t0 = *first;
    const float t1 = FMA(c[0], t0, g);
    const float t2 = -step.rate;
    const float t3 = FMA(t2, t1, w);
    *first = t1;
    return t3;
}

INLINE float sgd_nesterov_update(float w, float g, float* first, float* second, float* third, const scalars_t step, GLOBAL const float* c)
{
    const float t0 = *first;
    const float t1 = FMA(c[0], t0, g);
    const float t2 = -step.rate;
    const float t3 = FMA(c[0], t1, g);
    const float t4 = FMA(t2, t3, w);
    *first = t1;
    return t4;
}

INLINE float adam_update(float w, float g, float* first, float* second, float* third, const scalars_t step, GLOBAL const float* c)
{
    const float t0 = *first;
    const float t1 = *second;
    const float t2 = c[1] * g;
    const float t3 = FMA(c[0], t0, t2);
    const float t4 = g * g;
    const float t5 = c[3] * t4;
    const float t6 = FMA(c[2], t1, t5);
    const float t7 = SQRT(t6);
    const float t8 = t7 / step.correction;
    const float t9 = t8 + c[4];
    const float t10 = -step.rate;
    const float t11 = t3 / t9;
    const float t12 = FMA(t10, t11, w);
    *first = t3;
    *second = t6;
    return t12;
}

INLINE float sgd_dampened_update(float w, float g, float* first, float* second, float* third, const scalars_t step, GLOBAL const float* c)
{
    const float t0 = *first;
    const float t1 = step.correction * g;
    const float t2 = FMA(c[0], t0, t1);
    const float t3 = -step.rate;
    const float t4 = FMA(t3, t2, w);
    *first = t2;
    return t4;
}

INLINE float rmsprop_update(float w, float g, float* first, float* second, float* third, const scalars_t step, GLOBAL const float* c)
{
    const float t0 = *first;
    const float t1 = g * g;
    const float t2 = c[1] * t1;
    const float t3 = FMA(c[0], t0, t2);
    const float t4 = -step.rate;
    const float t5 = SQRT(t3);
    const float t6 = t5 + c[2];
    const float t7 = g / t6;
    const float t8 = FMA(t4, t7, w);
    *first = t3;
    return t8;
}

INLINE float rmsprop_momentum_update(float w, float g, float* first, float* second, float* third, const scalars_t step, GLOBAL const float* c)
{
    const float t0 = *first;
    const float t1 = *second;
    const float t2 = g * g;
    const float t3 = c[1] * t2;
    const float t4 = FMA(c[0], t0, t3);
    const float t5 = SQRT(t4);
    const float t6 = t5 + c[3];
    const float t7 = g / t6;
    const float t8 = FMA(c[2], t1, t7);
    const float t9 = -step.rate;
    const float t10 = FMA(t9, t8, w);
    *first = t4;
    *second = t8;
    return t10;
}

INLINE float rmsprop_centered_update(float w, float g, float* first, float* second, float* third, const scalars_t step, GLOBAL const float* c)
{
    const float t0 = *first;
    const float t1 = *second;
    const float t2 = *third;
    const float t3 = g * g;
    const float t4 = c[1] * t3;
    const float t5 = FMA(c[0], t0, t4);
    const float t6 = c[3] * g;
    const float t7 = FMA(c[2], t1, t6);
    const float t8 = -t7;
    const float t9 = FMA(t8, t7, t5);
    const float t10 = c[4] > t9 ? c[4] : t9;
    const float t11 = SQRT(t10);
    const float t12 = t11 + c[6];
    const float t13 = g / t12;
    const float t14 = FMA(c[5], t2, t13);
    const float t15 = -step.rate;
    const float t16 = FMA(t15, t14, w);
    *first = t5;
    *second = t7;
    *third = t14;
    return t16;
}

INLINE float adagrad_update(float w, float g, float* first, float* second, float* third, const scalars_t step, GLOBAL const float* c)
{
    const float t0 = *first;
    const float t1 = t0 + step.third;
    const float t2 = FMA(g, g, t1);
    const float t3 = -step.rate;
    const float t4 = SQRT(t2);
    const float t5 = t4 + c[0];
    const float t6 = g / t5;
    const float t7 = FMA(t3, t6, w);
    *first = t2;
    return t7;
}

INLINE float adamw_update(float w, float g, float* first, float* second, float* third, const scalars_t step, GLOBAL const float* c)
{
    const float t0 = *first;
    const float t1 = *second;
    const float t2 = c[1] * g;
    const float t3 = FMA(c[0], t0, t2);
    const float t4 = g * g;
    const float t5 = c[3] * t4;
    const float t6 = FMA(c[2], t1, t5);
    const float t7 = SQRT(t6);
    const float t8 = t7 / step.correction;
    const float t9 = t8 + c[4];
    const float t10 = -step.third;
    const float t11 = FMA(t10, w, w);
    const float t12 = -step.rate;
    const float t13 = t3 / t9;
    const float t14 = FMA(t12, t13, t11);
    *first = t3;
    *second = t6;
    return t14;
}

INLINE float adamax_update(float w, float g, float* first, float* second, float* third, const scalars_t step, GLOBAL const float* c)
{
    const float t0 = *first;
    const float t1 = *second;
    const float t2 = c[1] * g;
    const float t3 = FMA(c[0], t0, t2);
    const float t4 = -g;
    const float t5 = g > t4 ? g : t4;
    const float t6 = t5 + c[2];
    const float t7 = c[3] * t1;
    const float t8 = t7 > t6 ? t7 : t6;
    const float t9 = -step.rate;
    const float t10 = t3 / t8;
    const float t11 = FMA(t9, t10, w);
    *first = t3;
    *second = t8;
    return t11;
}

INLINE float nadam_update(float w, float g, float* first, float* second, float* third, const scalars_t step, GLOBAL const float* c)
{
    const float t0 = *first;
    const float t1 = *second;
    const float t2 = c[1] * g;
    const float t3 = FMA(c[0], t0, t2);
    const float t4 = g * g;
    const float t5 = c[3] * t4;
    const float t6 = FMA(c[2], t1, t5);
    const float t7 = SQRT(t6);
    const float t8 = t7 / step.correction;
    const float t9 = t8 + c[4];
    const float t10 = step.fourth * g;
    const float t11 = FMA(step.third, t3, t10);
    const float t12 = -step.rate;
    const float t13 = t11 / t9;
    const float t14 = FMA(t12, t13, w);
    *first = t3;
    *second = t6;
    return t14;
}

INLINE float radam_update(float w, float g, float* first, float* second, float* third, const scalars_t step, GLOBAL const float* c)
{
    const float t0 = *first;
    const float t1 = *second;
    const float t2 = c[1] * g;
    const float t3 = FMA(c[0], t0, t2);
    const float t4 = g * g;
    const float t5 = c[3] * t4;
    const float t6 = FMA(c[2], t1, t5);
    const float t7 = SQRT(t6);
    const float t8 = t7 + c[5];
    const float t9 = step.correction > c[4] ? t8 : c[6];
    const float t10 = -step.rate;
    const float t11 = t3 / t9;
    const float t12 = FMA(t10, t11, w);
    *first = t3;
    *second = t6;
    return t12;
}

INLINE float adabelief_update(float w, float g, float* first, float* second, float* third, const scalars_t step, GLOBAL const float* c)
{
    const float t0 = *first;
    const float t1 = *second;
    const float t2 = c[1] * g;
    const float t3 = FMA(c[0], t0, t2);
    const float t4 = g - t3;
    const float t5 = t4 * t4;
    const float t6 = c[4] * t5;
    const float t7 = FMA(c[3], t1, t6);
    const float t8 = t7 + c[2];
    const float t9 = SQRT(t8);
    const float t10 = t9 / step.correction;
    const float t11 = t10 + c[2];
    const float t12 = -step.rate;
    const float t13 = t3 / t11;
    const float t14 = FMA(t12, t13, w);
    *first = t3;
    *second = t8;
    return t14;
}

INLINE float lion_update(float w, float g, float* first, float* second, float* third, const scalars_t step, GLOBAL const float* c)
{
    const float t0 = *first;
    const float t1 = c[1] * g;
    const float t2 = FMA(c[0], t0, t1);
    const float t3 = c[3] * g;
    const float t4 = FMA(c[2], t0, t3);
    const float t5 = c[4] > t2 ? c[6] : t2;
    const float t6 = t2 > c[4] ? c[5] : t5;
    const float t7 = -step.third;
    const float t8 = FMA(t7, w, w);
    const float t9 = -step.rate;
    const float t10 = FMA(t9, t6, t8);
    *first = t4;
    return t10;
}

INLINE float activation_value(const int activation, float z, GLOBAL const float* c)
{
    switch (activation)
    {
        case 1: return relu_value(z, c);
        case 2: return sigmoid_value(z, c);
        case 3: return tanh_value(z, c);
        case 4: return leaky_relu_value(z, c);
        case 5: return elu_value(z, c);
        case 6: return selu_value(z, c);
        case 7: return gelu_value(z, c);
        case 8: return gelu_tanh_value(z, c);
        case 9: return silu_value(z, c);
        case 10: return softplus_value(z, c);
        case 11: return hard_sigmoid_value(z, c);
        case 12: return identity_value(z, c);
        default: return z;
    }
}

INLINE float activation_derivative(const int activation, float z, float a, GLOBAL const float* c)
{
    switch (activation)
    {
        case 1: return relu_derivative(z, a, c);
        case 2: return sigmoid_derivative(z, a, c);
        case 3: return tanh_derivative(z, a, c);
        case 4: return leaky_relu_derivative(z, a, c);
        case 5: return elu_derivative(z, a, c);
        case 6: return selu_derivative(z, a, c);
        case 7: return gelu_derivative(z, a, c);
        case 8: return gelu_tanh_derivative(z, a, c);
        case 9: return silu_derivative(z, a, c);
        case 10: return softplus_derivative(z, a, c);
        case 11: return hard_sigmoid_derivative(z, a, c);
        case 12: return identity_derivative(z, a, c);
        default: return 1.0f;
    }
}

INLINE float rule_update(const int rule, float w, float g, float* first, float* second, float* third, const scalars_t step, GLOBAL const float* c)
{
    switch (rule)
    {
        case 1: return sgd_update(w, g, first, second, third, step, c);
        case 2: return sgd_momentum_update(w, g, first, second, third, step, c);
        case 3: return sgd_nesterov_update(w, g, first, second, third, step, c);
        case 4: return adam_update(w, g, first, second, third, step, c);
        case 5: return sgd_dampened_update(w, g, first, second, third, step, c);
        case 6: return rmsprop_update(w, g, first, second, third, step, c);
        case 7: return rmsprop_momentum_update(w, g, first, second, third, step, c);
        case 8: return rmsprop_centered_update(w, g, first, second, third, step, c);
        case 9: return adagrad_update(w, g, first, second, third, step, c);
        case 10: return adamw_update(w, g, first, second, third, step, c);
        case 11: return adamax_update(w, g, first, second, third, step, c);
        case 12: return nadam_update(w, g, first, second, third, step, c);
        case 13: return radam_update(w, g, first, second, third, step, c);
        case 14: return adabelief_update(w, g, first, second, third, step, c);
        case 15: return lion_update(w, g, first, second, third, step, c);
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
        case 5: return 1;
        case 6: return 1;
        case 7: return 2;
        case 8: return 3;
        case 9: return 1;
        case 10: return 2;
        case 11: return 2;
        case 12: return 2;
        case 13: return 2;
        case 14: return 2;
        case 15: return 1;
        default: return 0;
    }
}

