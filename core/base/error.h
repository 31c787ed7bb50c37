// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <tl/expected.hpp>
#include <utility>

namespace patchlight {

enum class ErrorCode {
    cancelled,
    invalidParameter,
    emptyInput,
    unusableCrs,
    fileNotFound,
    fileNotReadable,
    fileNotWritable,
    fileFormat,
    database,
    refused,
};

/// Something the user or the world caused. Programmers' mistakes are assertions, bad rows are findings.
struct Error {
    ErrorCode code = ErrorCode::invalidParameter;
    std::string message; ///< one English sentence that names the file, row, column or parameter and what to do
    std::string subject; ///< what it is about: a parameter key, a path, a field
};

/// The only name for tl::expected in the project (std::expected is not in GCC 12).
template <class T> using Expected = tl::expected<T, Error>;

[[nodiscard]] inline tl::unexpected<Error> fail(ErrorCode code, std::string message, std::string subject = {}) {
    return tl::unexpected<Error>(Error{code, std::move(message), std::move(subject)});
}

/// Hands an error on: `if (!x) return fail(x.error());`
[[nodiscard]] inline tl::unexpected<Error> fail(Error error) {
    return tl::unexpected<Error>(std::move(error));
}

[[nodiscard]] inline tl::unexpected<Error> failCancelled() {
    return fail(ErrorCode::cancelled, "Cancelled.");
}

} // namespace patchlight
