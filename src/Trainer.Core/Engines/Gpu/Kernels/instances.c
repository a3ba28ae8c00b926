// Written from the catalogue of formulas: every kernel of the PTX.
#include "kernels.c"

GATHER_KERNEL
SOFTMAX_KERNEL
FORWARD_KERNEL(small, SMALL, linear, 0)
FORWARD_KERNEL(large, LARGE, linear, 0)
FORWARD_KERNEL(small, SMALL, relu, 1)
INPUT_GRADIENT_KERNEL(small, SMALL, relu, 1)
FORWARD_KERNEL(large, LARGE, relu, 1)
INPUT_GRADIENT_KERNEL(large, LARGE, relu, 1)
PASS_ROWS_KERNEL(relu, 1)
FORWARD_KERNEL(small, SMALL, sigmoid, 2)
INPUT_GRADIENT_KERNEL(small, SMALL, sigmoid, 2)
FORWARD_KERNEL(large, LARGE, sigmoid, 2)
INPUT_GRADIENT_KERNEL(large, LARGE, sigmoid, 2)
PASS_ROWS_KERNEL(sigmoid, 2)
UPDATE_KERNEL(gradient, 0)
UPDATE_KERNEL(sgd, 1)
UPDATE_KERNEL(sgd_momentum, 2)
UPDATE_KERNEL(sgd_nesterov, 3)
UPDATE_KERNEL(adam, 4)
