// Dropout: the mask m of hidden units, 0 or 1/(1 - p), by Philox4x32-10; see Regularizers/DropoutMask.cs and Randomness/Philox.cs.
// It is drawn again wherever it is wanted: that takes no memory, and a device has arithmetic to spare there.
//
// `dropout` says of each network: the low and the high half of its seed, the least word that keeps a unit, the bits of
// 1/(1 - p), and the low 32 bits of the number of the step that the epoch's plan begins with.
#define DROPOUT_LENGTH 5
#define DROPOUT_STREAM 2
#define PHILOX_ROUNDS 10

INLINE void philox(uint c0, uint c1, uint c2, uint c3, uint k0, uint k1, uint* words)
{
    #pragma unroll
    for (int round = 0; round < PHILOX_ROUNDS; round++)
    {
        const offset product0 = (offset)0xD2511F53u * c0;
        const offset product1 = (offset)0xCD9E8D57u * c2;
        c0 = (uint)(product1 >> 32) ^ c1 ^ k0;
        c1 = (uint)product1;
        c2 = (uint)(product0 >> 32) ^ c3 ^ k1;
        c3 = (uint)product0;
        k0 += 0x9E3779B9u;
        k1 += 0xBB67AE85u;
    }
    words[0] = c0;
    words[1] = c1;
    words[2] = c2;
    words[3] = c3;
}

// m of four units of a row, which begin at a multiple of four.
//   drop_units   U, the hidden layers' widths, each made a multiple of four
//   drop_at      of the first of the four: the layer's offset in a row, and the unit
INLINE void mask_of_four(
    GLOBAL const int* control, const rows_t rows, const int b, GLOBAL const int* dropout, const int drop_units, const int drop_at,
    float* mask)
{
    GLOBAL const int* d = dropout + GROUP_Z * DROPOUT_LENGTH;
    const offset block = ((offset)(control[ROWS_BEFORE] + b) * (offset)drop_units + (offset)drop_at) / 4;
    const uint step = (uint)d[4] + (uint)control[STEP_BEFORE] + (uint)rows.step;
    uint words[4];
    philox((uint)block, (uint)(block >> 32), step, DROPOUT_STREAM, (uint)d[0], (uint)d[1], words);
    #pragma unroll
    for (int k = 0; k < 4; k++)
    {
        mask[k] = words[k] >= (uint)d[2] ? AS_FLOAT(d[3]) : 0.0f;
    }
}
