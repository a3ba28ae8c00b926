// Training a multi-layer perceptron on a GPU, for OpenCL and CUDA alike.
//
// B rows, I inputs, O outputs; row-major, last index fastest: x_BI, w_OI, z_BO, dz_BO. Every sum runs in ascending order
// in one accumulator of one thread: the equations of Engines/Reference, in another arrangement, with the same bits.
//
// M networks of one shape are trained side by side: GROUP_Z is the network, and a `..._stride` is how far one network's
// numbers lie from the next one's.
//
// A kernel is a macro here where it is one of several (a tiling, a formula); which of them a program has says who includes
// this: instances.c all of them, for PTX; an OpenCL program has one.
#include "portable.c"
#include "formulas.c"
#include "steps.c"
#include "tiles.c"
#include "gather.c"
#include "forward.c"
#include "losses.c"
#include "input_gradient.c"
#include "dropout.c"
#include "activate.c"
#include "normalize.c"
#include "pass_rows.c"
#include "update.c"
#include "terms.c"
#include "norms.c"
