// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/desktop/document/document.h"
#include "app/desktop/filter/sentence_button.h"

namespace patchlight::desktop {

/// Compared with: nothing, the period before, or the same period a year earlier.
class ComparisonPopup : public SentencePopup {
    Q_OBJECT
public:
    ComparisonPopup(Document& document, QWidget* button);
};

/// "Nothing", "Previous period", "Same period 2024", or the period itself.
[[nodiscard]] QString comparisonText(const Workspace& workspace);

} // namespace patchlight::desktop
