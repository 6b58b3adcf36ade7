// SPDX-License-Identifier: MIT
// Compiled for another processor than nbk::kernels where that is possible: then this file has kernels of its own.
#include <nbk/nbk.hpp>

#include "image.hpp"

std::vector<float> other_image() { return image_of_this_file(); }
