// Weight gradient, dw[o,i] = Σ_b dz[b,o] · x[b,i] (and db[o] = Σ_b dz[b,o]: column I of x is 1), used up at once by the
// update rule. All layers in one launch: `layers` says where each one's tiles begin.
#define UPDATE_TM 32
#define UPDATE_TN 64
#define UPDATE_RM 4
#define UPDATE_RN 4
#define UPDATE_KC 32
#define UPDATE_THREADS 128
#define UPDATE_PITCH_M 36
#define UPDATE_PITCH_N 68
#define UPDATE_PARAMETERS \
    GLOBAL int* control, const int parity, const int batch, GLOBAL const int* layers, const int layer_count, const int units, \
    GLOBAL const float* x, const int x_rows, GLOBAL const float* a, GLOBAL const float* dz, \
    GLOBAL float* parameters, GLOBAL float* first_state, GLOBAL float* second_state, GLOBAL float* third_state, const int parameter_count, \
    GLOBAL const float* scalars, const int scalars_stride, GLOBAL const float* constants, const int constant_count
#define UPDATE_ARGUMENTS \
    control, parity, batch, layers, layer_count, units, x, x_rows, a, dz, parameters, first_state, second_state, \
    third_state, parameter_count, scalars, scalars_stride, constants, constant_count

// Where the weight [o + m, i + n] lies in its layer, or with i + n = I the bias.
INLINE offset place_in_layer(const int I, const int O, const int o, const int m, const int i, const int n)
{
    return i + n < I ? (offset)(o + m) * I + i + n : (offset)O * I + o + m;
}

//   continues   whether the sums go on from `parameters`, where the rule that keeps the gradient left those of the rows before
INLINE void update(LOCAL float* left_tile, LOCAL float* right_tile, const int rule, const int continues, UPDATE_PARAMETERS)
{
    const rows_t rows = rows_of_step(control, parity, batch);
    if (GROUP_X == 0 && GROUP_Z == 0 && THREAD == 0)
    {
        control[1 - parity] = rows.step + 1;
    }
    if (rows.count == 0)
    {
        return;
    }
    int layer = 0;
    while (layer + 1 < layer_count && GROUP_X >= layers[(layer + 1) * LAYER_LENGTH + 4])
    {
        layer++;
    }
    GLOBAL const int* shape = layers + layer * LAYER_LENGTH;
    const int I = shape[0];
    const int O = shape[1];
    const int weights_at = shape[2];
    const int units_before = shape[3];
    const int tile = GROUP_X - shape[4];
    const int tiles_across = (I + UPDATE_TN) / UPDATE_TN;
    const int o_base = tile / tiles_across * UPDATE_TM;
    const int i_base = tile % tiles_across * UPDATE_TN;
    const offset model = GROUP_Z;
    const operand_t left = {dz + (model * units + units_before) * batch, 1, (offset)O, O, -1};
    const operand_t right = {layer_input(control, rows, batch, x, x_rows, layer, I, units, units_before, a), 1, (offset)I, I, I};
    const int o = o_base + THREAD / (UPDATE_TN / UPDATE_RN) * UPDATE_RM;
    const int i = i_base + THREAD % (UPDATE_TN / UPDATE_RN) * UPDATE_RN;
    float dw_OI[16];
    #pragma unroll
    for (int m = 0; m < UPDATE_RM; m++)
    {
        #pragma unroll
        for (int n = 0; n < UPDATE_RN; n++)
        {
            dw_OI[m * UPDATE_RN + n] = continues && o + m < O && i + n <= I
                ? parameters[model * parameter_count + weights_at + place_in_layer(I, O, o, m, i, n)]
                : 0.0f;
        }
    }
    tile_product(
        UPDATE_TM, UPDATE_TN, UPDATE_RM, UPDATE_RN, UPDATE_KC, UPDATE_THREADS, UPDATE_PITCH_M, UPDATE_PITCH_N,
        left, 0, right, 0, o_base, i_base, rows.count, left_tile, right_tile, dw_OI);
    GLOBAL const float* numbers = scalars + model * scalars_stride + 4 * rows.step;
    const scalars_t step = {numbers[0], numbers[1], numbers[2], numbers[3]};
    #pragma unroll
    for (int m = 0; m < UPDATE_RM; m++)
    {
        #pragma unroll
        for (int n = 0; n < UPDATE_RN; n++)
        {
            if (o + m < O && i + n <= I)
            {
                const offset at = model * parameter_count + weights_at + place_in_layer(I, O, o, m, i, n);
                float first = rule_states(rule) > 0 ? first_state[at] : 0.0f;
                float second = rule_states(rule) > 1 ? second_state[at] : 0.0f;
                float third = rule_states(rule) > 2 ? third_state[at] : 0.0f;
                const float w = rule_update(
                    rule, parameters[at], dw_OI[m * UPDATE_RN + n], &first, &second, &third, step, constants + model * constant_count);
                parameters[at] = w;
                if (rule_states(rule) > 0)
                {
                    first_state[at] = first;
                }
                if (rule_states(rule) > 1)
                {
                    second_state[at] = second;
                }
                if (rule_states(rule) > 2)
                {
                    third_state[at] = third;
                }
            }
        }
    }
}

#define UPDATE_KERNEL(NAME, INDEX, CONTINUES) \
    KERNEL_OF(UPDATE_THREADS) void update_##NAME(UPDATE_PARAMETERS) \
    { \
        TILES(UPDATE_PITCH_M, UPDATE_PITCH_N, UPDATE_KC) \
        update(left_tile, right_tile, INDEX, CONTINUES, UPDATE_ARGUMENTS); \
    }
