// Dense forward, z[b,o] = bias[o] + Σ_i x[b,i] · w[o,i], and a = f(z).
//   layer      of the network: 0 reads the gathered rows, another the activations of the one before
//   units      outputs of all layers together; units_before: of those before this one. The numbers of a layer lie at
//              batch · units_before in z, a and dz
#define FORWARD_PARAMETERS \
    GLOBAL const int* control, const int parity, const int batch, GLOBAL const float* x, const int x_rows, \
    GLOBAL const float* parameters, const int parameter_count, const int weights_at, const int layer, const int I, const int O, \
    const int units, const int units_before, GLOBAL float* z, GLOBAL float* a, GLOBAL const float* constants, const int constant_count
#define FORWARD_ARGUMENTS \
    control, parity, batch, x, x_rows, parameters, parameter_count, weights_at, layer, I, O, units, units_before, z, a, \
    constants, constant_count

// What a layer reads: the gathered rows of this step, or the activations before it.
INLINE GLOBAL const float* layer_input(
    GLOBAL const int* control, const rows_t rows, const int batch, GLOBAL const float* x, const int x_rows,
    const int layer, const int I, const int units, const int units_before, GLOBAL const float* a)
{
    const offset model = GROUP_Z;
    const offset gathered = (offset)(rows.step - control[GATHERED_FROM]) * batch;
    return layer == 0
        ? x + (model * x_rows + gathered) * I
        : a + (model * units + units_before - I) * batch;
}

INLINE void forward(
    const int TM, const int TN, const int RM, const int RN, const int KC, const int THREADS, const int PITCH_M, const int PITCH_N,
    LOCAL float* left_tile, LOCAL float* right_tile, const int activation, FORWARD_PARAMETERS)
{
    const rows_t rows = rows_of_step(control, parity, batch);
    const int b_base = GROUP_X * TM;
    const int o_base = GROUP_Y * TN;
    if (b_base >= rows.count)
    {
        return;
    }
    const offset model = GROUP_Z;
    GLOBAL const float* w_OI = parameters + model * parameter_count + weights_at;
    GLOBAL const float* bias_O = w_OI + (offset)O * I;
    GLOBAL const float* x_BI = layer_input(control, rows, batch, x, x_rows, layer, I, units, units_before, a);
    const operand_t left = {x_BI, (offset)I, 1, rows.count, -1};
    const operand_t right = {w_OI, (offset)I, 1, O, -1};
    const int b = b_base + THREAD / (TN / RN) * RM;
    const int o = o_base + THREAD % (TN / RN) * RN;
    float sum_BO[16];
    #pragma unroll
    for (int n = 0; n < RN; n++)
    {
        const float bias = o + n < O ? bias_O[o + n] : 0.0f;
        #pragma unroll
        for (int m = 0; m < RM; m++)
        {
            sum_BO[m * RN + n] = bias;
        }
    }
    tile_product(TM, TN, RM, RN, KC, THREADS, PITCH_M, PITCH_N, left, 1, right, 1, b_base, o_base, I, left_tile, right_tile, sum_BO);
    const offset here = (model * units + units_before) * batch;
    #pragma unroll
    for (int m = 0; m < RM; m++)
    {
        #pragma unroll
        for (int n = 0; n < RN; n++)
        {
            if (b + m < rows.count && o + n < O)
            {
                const offset at = here + (offset)(b + m) * O + o + n;
                z[at] = sum_BO[m * RN + n];
                a[at] = activation_value(activation, sum_BO[m * RN + n], constants + model * constant_count);
            }
        }
    }
}

// A kernel for each tiling and formula: the constant that selects it is folded away.
#define FORWARD_KERNEL(TILING, SIZES, NAME, INDEX) \
    KERNEL_OF(SIZES##_THREADS) void forward_##TILING##_##NAME(FORWARD_PARAMETERS) \
    { \
        SIZES##_TILES \
        forward(SIZES, INDEX, FORWARD_ARGUMENTS); \
    }
