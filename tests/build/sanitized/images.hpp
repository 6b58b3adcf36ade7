// SPDX-License-Identifier: MIT
#pragma once

namespace nbk::sanitized {

/// Images of windows that no pack width divides, with and without a mask, and their noise images.
/// \return how many; 0 if a pixel differs from that of the whole image
int agreeing_images();

}  // namespace nbk::sanitized
