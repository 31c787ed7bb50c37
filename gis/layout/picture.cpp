// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/version.h"
#include "gis/export/export.h"
#include "gis/layout/detail/raster.h"
#include "gis/layout/detail/recipe_text.h"
#include "gis/layout/detail/svg_device.h"
#include "gis/layout/layout.h"

#include <QBuffer>
#include <QFile>
#include <QImageWriter>
#include <cmath>

namespace patchlight::paint {

namespace {

constexpr double millimetresPerInch = 25.4;

} // namespace

Expected<void> writeBytes(const std::filesystem::path& file, const QByteArray& bytes) {
    std::string problem;
    auto written = gis::writeThenRename(file, [&](const std::filesystem::path& aside) -> Expected<void> {
        const std::u8string utf8 = aside.u8string();
        QFile out(QString::fromUtf8(reinterpret_cast<const char*>(utf8.data()), qsizetype(utf8.size())));
        if (out.open(QIODevice::WriteOnly) && out.write(bytes) == bytes.size() && out.flush()) return {};
        problem = out.errorString().toStdString();
        return fail(ErrorCode::fileNotWritable, problem);
    });
    if (written || problem.empty()) return written;
    const std::u8string utf8 = file.u8string();
    const std::string shown(utf8.begin(), utf8.end());
    return fail(ErrorCode::fileNotWritable,
                "Cannot write " + shown + " (" + problem + "). Choose another folder, or free some space.", shown);
}

QByteArray recipeText(const Recipe& recipe) {
    return QByteArray::fromStdString(toJson(recipe).dump(2));
}

Expected<QImage> rasterOf(const QSizeF& millimetres, double dotsPerMillimetre,
                          const std::function<Expected<void>(QPainter&)>& draw) {
    const QSize size(int(std::lround(millimetres.width() * dotsPerMillimetre)),
                     int(std::lround(millimetres.height() * dotsPerMillimetre)));
    QImage image(size, QImage::Format_RGB32);
    if (image.isNull())
        return fail(ErrorCode::refused, "There is not enough memory for a picture of " + std::to_string(size.width()) +
                                            " x " + std::to_string(size.height()) + " points. Close other programs.");
    image.setDotsPerMeterX(int(std::lround(dotsPerMillimetre * 1000)));
    image.setDotsPerMeterY(int(std::lround(dotsPerMillimetre * 1000)));
    image.fill(Qt::white);
    QPainter painter(&image);
    painter.setRenderHints(QPainter::Antialiasing | QPainter::SmoothPixmapTransform);
    painter.scale(dotsPerMillimetre, dotsPerMillimetre);
    if (auto drawn = draw(painter); !drawn) return fail(drawn.error());
    painter.end();
    return image;
}

Expected<QByteArray> pngOf(const QImage& image) {
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    QImageWriter writer(&buffer, "png");
    if (writer.write(image)) return bytes;
    return fail(ErrorCode::fileNotWritable,
                "The picture could not be made: " + writer.errorString().toStdString() + '.');
}

Expected<void> writePng(const BoardMap& page, const Recipe& recipe, const std::filesystem::path& file) {
    const double dots = page.dotsPerInch / millimetresPerInch; // per millimetre
    auto image = rasterOf(page.paper, dots, [&](QPainter& painter) { return drawPage(painter, page, dots); });
    if (!image) return fail(image.error());
    image->setText("Title", page.title);
    image->setText("Description", page.alternativeText.isEmpty() ? page.subtitle : page.alternativeText);
    image->setText("Software", QString::fromStdString(madeWith()));
    image->setText("Patchlight recipe", QString::fromUtf8(recipeText(recipe)));
    const auto bytes = pngOf(*image);
    if (!bytes) return fail(bytes.error());
    return writeBytes(file, *bytes);
}

Expected<void> writeSvg(const BoardMap& page, const Recipe& recipe, const std::filesystem::path& file) {
    SvgDevice device(page.paper);
    {
        QPainter painter(&device);
        painter.scale(SvgDevice::unitsPerMillimetre, SvgDevice::unitsPerMillimetre);
        if (auto drawn = drawPage(painter, page, page.dotsPerInch / millimetresPerInch); !drawn) return drawn;
    }
    const QByteArray metadata = "<recipe xmlns=\"urn:patchlight:recipe\">" +
                                QString::fromUtf8(recipeText(recipe)).toHtmlEscaped().toUtf8() + "</recipe>";
    return writeBytes(file, device.document(page.title, page.alternativeText, metadata));
}

std::filesystem::path pageFile(const std::filesystem::path& file, std::size_t number) {
    if (number <= 1) return file;
    std::filesystem::path numbered = file;
    numbered.replace_filename(file.stem());
    numbered += "-" + std::to_string(number);
    numbered += file.extension();
    return numbered;
}

} // namespace patchlight::paint
