// Input gradient, da[b,i] = Σ_o dz[b,o] · w[o,i], and through the activation behind which the layer reads:
// dz'[b,i] = da · f'(z', a').
#define INPUT_GRADIENT_PARAMETERS \
    GLOBAL const int* control, const int parity, const int batch, GLOBAL const float* parameters, const int parameter_count, \
    const int weights_at, const int I, const int O, const int units, const int units_before, \
    GLOBAL const float* z, GLOBAL const float* a, GLOBAL float* dz, GLOBAL const float* constants, const int constant_count
#define INPUT_GRADIENT_ARGUMENTS \
    control, parity, batch, parameters, parameter_count, weights_at, I, O, units, units_before, z, a, dz, constants, constant_count

INLINE void input_gradient(
    const int TM, const int TN, const int RM, const int RN, const int KC, const int THREADS, const int PITCH_M, const int PITCH_N,
    LOCAL float* left_tile, LOCAL float* right_tile, const int activation, INPUT_GRADIENT_PARAMETERS)
{
    const rows_t rows = rows_of_step(control, parity, batch);
    const int b_base = GROUP_X * TM;
    const int i_base = GROUP_Y * TN;
    if (b_base >= rows.count)
    {
        return;
    }
    const offset model = GROUP_Z;
    const offset behind = (model * units + units_before) * batch;
    const offset here = (model * units + units_before - I) * batch;
    const operand_t left = {dz + behind, (offset)O, 1, rows.count, -1};
    const operand_t right = {parameters + model * parameter_count + weights_at, 1, (offset)I, I, -1};
    const int b = b_base + THREAD / (TN / RN) * RM;
    const int i = i_base + THREAD % (TN / RN) * RN;
    float da_BI[16];
    #pragma unroll
    for (int k = 0; k < RM * RN; k++)
    {
        da_BI[k] = 0.0f;
    }
    tile_product(TM, TN, RM, RN, KC, THREADS, PITCH_M, PITCH_N, left, 1, right, 0, b_base, i_base, O, left_tile, right_tile, da_BI);
    #pragma unroll
    for (int m = 0; m < RM; m++)
    {
        #pragma unroll
        for (int n = 0; n < RN; n++)
        {
            if (b + m < rows.count && i + n < I)
            {
                const offset at = here + (offset)(b + m) * I + i + n;
                dz[at] = da_BI[m * RN + n] * activation_derivative(activation, z[at], a[at], constants + model * constant_count);
            }
        }
    }
}

#define INPUT_GRADIENT_KERNEL(TILING, SIZES, NAME, INDEX) \
    KERNEL_OF(SIZES##_THREADS) void input_gradient_##TILING##_##NAME(INPUT_GRADIENT_PARAMETERS) \
    { \
        SIZES##_TILES \
        input_gradient(SIZES, INDEX, INPUT_GRADIENT_ARGUMENTS); \
    }
