// SPDX-License-Identifier: GPL-3.0-or-later
#include "gis/layout/detail/recipe_in_pdf.h"

#include <exception>
#include <qpdf/Pipeline.hh>
#include <qpdf/QPDF.hh>
#include <qpdf/QPDFEFStreamObjectHelper.hh>
#include <qpdf/QPDFEmbeddedFileDocumentHelper.hh>
#include <qpdf/QPDFFileSpecObjectHelper.hh>
#include <stdexcept>

namespace patchlight::paint {

namespace {

constexpr std::size_t longest = 16'000'000;

/// Takes what a stream unpacks to, up to a length: a few kilobytes may unpack to gigabytes.
class Bounded : public Pipeline {
public:
    Bounded() : Pipeline("recipe", nullptr) {}
    void write(unsigned char const* data, std::size_t length) override {
        if (text.size() + length > longest) throw std::runtime_error("a stream of it is longer than a recipe can be");
        text.append(reinterpret_cast<const char*>(data), length);
    }
    void finish() override {}
    std::string text;
};

std::string unpacked(QPDFObjectHandle stream) {
    if (!stream.isStream()) return {};
    Bounded text;
    if (!stream.pipeStreamData(&text, 0, qpdf_dl_all, true, false)) return {};
    return std::move(text.text);
}

} // namespace

Expected<PdfTexts> textsOfPdf(std::string_view bytes) {
    try {
        QPDF pdf;
        pdf.setSuppressWarnings(true);
        pdf.processMemoryFile("page", bytes.data(), bytes.size());
        PdfTexts texts;
        QPDFEmbeddedFileDocumentHelper files(pdf);
        if (files.hasEmbeddedFiles())
            if (const auto file = files.getEmbeddedFile("recipe.json"))
                texts.attachment = unpacked(file->getEmbeddedFileStream());
        texts.metadata = unpacked(pdf.getRoot().getKey("/Metadata"));
        return texts;
    } catch (const std::exception& problem) { // libqpdf throws
        std::string reason = problem.what();
        for (char& c : reason)
            if (c == '\n') c = ' ';
        return fail(ErrorCode::fileFormat, std::move(reason));
    }
}

} // namespace patchlight::paint
