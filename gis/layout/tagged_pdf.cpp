// SPDX-License-Identifier: GPL-3.0-or-later
#include "gis/layout/detail/tagged_pdf.h"

#include "core/base/version.h"

#include <algorithm>
#include <exception>
#include <fmt/format.h>
#include <qpdf/Buffer.hh>
#include <qpdf/QPDF.hh>
#include <qpdf/QPDFEFStreamObjectHelper.hh>
#include <qpdf/QPDFEmbeddedFileDocumentHelper.hh>
#include <qpdf/QPDFFileSpecObjectHelper.hh>
#include <qpdf/QPDFPageDocumentHelper.hh>
#include <qpdf/QPDFPageObjectHelper.hh>
#include <qpdf/QPDFWriter.hh>

namespace patchlight::paint {

namespace {

using Object = QPDFObjectHandle;

Object name(const std::string& text) {
    return Object::newName("/" + text);
}
Object text(const QString& value) {
    return Object::newUnicodeString(value.toStdString());
}

/// Builds the pages' contents and the structure tree side by side: the order of marked content is the reading order.
class Folding {
public:
    Folding(QPDF& pdf, const std::vector<QPDFPageObjectHelper>& parts) : m_pdf{pdf}, m_parts{parts} {}

    /// The document's element with everything below it; `pages` get their contents.
    Object build(const std::vector<TaggedPage>& pages, std::vector<Object>& made) {
        Object root = dictionary("StructTreeRoot");
        Object document = dictionary("StructElem");
        document.replaceKey("/S", name("Document"));
        document.replaceKey("/P", root);
        document.replaceKey("/Lang", Object::newString("en-GB"));
        Object kids = Object::newArray(), numbers = Object::newArray();
        for (const TaggedPage& page : pages) {
            startPage();
            if (pages.size() == 1) {
                for (const PageElement& element : page.elements) append(element, document, kids);
            } else {
                Object section = dictionary("StructElem");
                section.replaceKey("/S", name("Sect"));
                section.replaceKey("/P", document);
                section.replaceKey("/T", text(page.title));
                Object parts = Object::newArray();
                for (const PageElement& element : page.elements) append(element, section, parts);
                section.replaceKey("/K", parts);
                kids.appendItem(section);
            }
            numbers.appendItem(Object::newInteger(static_cast<long long>(made.size())));
            numbers.appendItem(m_parents);
            made.push_back(finishPage(made.size()));
        }
        document.replaceKey("/K", kids);
        root.replaceKey("/K", Object::newArray({document}));
        Object tree = Object::newDictionary();
        tree.replaceKey("/Nums", numbers);
        root.replaceKey("/ParentTree", m_pdf.makeIndirectObject(tree));
        root.replaceKey("/ParentTreeNextKey", Object::newInteger(static_cast<long long>(made.size())));
        return root;
    }

private:
    void startPage() {
        m_page = m_pdf.makeIndirectObject(Object::newDictionary());
        m_mediaBox = QPDFPageObjectHelper(m_parts[m_next]).getMediaBox();
        m_mediaHeight = m_mediaBox.getArrayItem(3).getNumericValue();
        m_content.clear();
        m_forms = Object::newDictionary();
        m_parents = Object::newArray();
        m_markedContent = 0;
    }

    Object finishPage(std::size_t number) {
        Object resources = Object::newDictionary();
        resources.replaceKey("/XObject", m_forms);
        m_page.replaceKey("/Type", name("Page"));
        m_page.replaceKey("/MediaBox", m_mediaBox);
        m_page.replaceKey("/Resources", resources);
        m_page.replaceKey("/Contents", Object::newStream(&m_pdf, m_content));
        m_page.replaceKey("/StructParents", Object::newInteger(static_cast<long long>(number)));
        m_page.replaceKey("/Tabs", name("S"));
        return m_page;
    }

    Object dictionary(const std::string& type) {
        Object object = m_pdf.makeIndirectObject(Object::newDictionary());
        object.replaceKey("/Type", name(type));
        return object;
    }

    /// Puts the next part into the content, as marked content of `owner` or as an artefact without one.
    void place(const std::string& tag, std::optional<Object> owner, Object kids) {
        const std::string form = "Part" + std::to_string(m_next);
        m_forms.replaceKey("/" + form,
                           m_pdf.makeIndirectObject(QPDFPageObjectHelper(m_parts[m_next]).getFormXObjectForPage()));
        ++m_next;
        if (!owner) {
            m_content += fmt::format("/Artifact <</Type /Layout>> BDC q /{} Do Q EMC\n", form);
            return;
        }
        m_content += fmt::format("/{} <</MCID {}>> BDC q /{} Do Q EMC\n", tag, m_markedContent, form);
        owner->replaceKey("/Pg", m_page);
        kids.appendItem(Object::newInteger(m_markedContent++));
        m_parents.appendItem(*owner);
    }

    void append(const PageElement& element, Object parent, Object siblings) {
        const std::string tag = element.tag.toStdString();
        if (tag == "Artifact") {
            if (element.draw) place(tag, std::nullopt, siblings);
            return;
        }
        if (tag.empty()) { // one more piece of the parent
            if (element.draw) place(parent.getKey("/S").getName().substr(1), parent, siblings);
            return;
        }
        Object structure = dictionary("StructElem");
        structure.replaceKey("/S", name(tag));
        structure.replaceKey("/P", parent);
        if (!element.alt.isEmpty()) structure.replaceKey("/Alt", text(element.alt));
        if (!element.text.isEmpty()) structure.replaceKey("/ActualText", text(element.text));
        if (tag == "TH") structure.replaceKey("/A", Object::parse("<</O /Table /Scope /Column>>"));
        if (tag == "Figure") structure.replaceKey("/A", Object::parse(layoutOf(element.box)));
        Object kids = Object::newArray();
        if (element.draw) place(tag, structure, kids);
        for (const PageElement& child : element.children) append(child, structure, kids);
        structure.replaceKey("/K", kids);
        siblings.appendItem(structure);
    }

    [[nodiscard]] std::string layoutOf(const QRectF& box) const {
        constexpr double points = 72.0 / 25.4;
        return fmt::format("<</O /Layout /Placement /Block /BBox [{:.2f} {:.2f} {:.2f} {:.2f}]>>", box.left() * points,
                           m_mediaHeight - box.bottom() * points, box.right() * points,
                           m_mediaHeight - box.top() * points);
    }

    QPDF& m_pdf;
    const std::vector<QPDFPageObjectHelper>& m_parts;
    Object m_page, m_mediaBox;
    double m_mediaHeight = 0.0;
    std::string m_content;
    Object m_forms, m_parents; ///< of the page in hand
    std::size_t m_next = 0;    ///< part
    int m_markedContent = 0;
};

/// Qt gives the glyph that blank and tab share the tab's code, so that words would be copied with tabs between them.
/// Lines of a map are "<from> <to> [<code> <code> ...]", "<from> <to> <code>" or "<glyph> <code>".
std::string withBlanks(std::string map) {
    constexpr std::string_view tab = "<0009>", blank = "<0020>";
    for (std::size_t start = 0; start < map.size();) {
        const std::size_t end = std::min(map.find('\n', start), map.size());
        const std::size_t list = map.find('[', start);
        // Codes stand in the list, or last on the line; what comes before are glyphs.
        std::size_t at = list < end ? list : map.rfind('<', end);
        for (at = map.find(tab, at); at < end; at = map.find(tab, at)) map.replace(at, tab.size(), blank);
        start = end + 1;
    }
    return map;
}

void mendBlanks(QPDF& pdf) {
    for (Object object : pdf.getAllObjects()) {
        if (!object.isDictionary() || !object.hasKey("/ToUnicode")) continue;
        Object map = object.getKey("/ToUnicode");
        if (!map.isStream()) continue;
        const auto buffer = map.getStreamData();
        const std::string data(reinterpret_cast<const char*>(buffer->getBuffer()), buffer->getSize());
        map.replaceStreamData(withBlanks(data), Object::newNull(), Object::newNull());
    }
}

std::string escaped(const QString& value) {
    return value.toHtmlEscaped().toStdString();
}

std::string metadataOf(const TaggedPdf& source) {
    return fmt::format(
        "<?xpacket begin=\"\xEF\xBB\xBF\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n<x:xmpmeta xmlns:x=\"adobe:ns:meta/\">"
        "<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\"><rdf:Description rdf:about=\"\" "
        "xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\" "
        "xmlns:patchlight=\"urn:patchlight:\">\n"
        "<dc:format>application/pdf</dc:format>\n"
        "<dc:title><rdf:Alt><rdf:li xml:lang=\"x-default\">{}</rdf:li></rdf:Alt></dc:title>\n"
        "<dc:description><rdf:Alt><rdf:li xml:lang=\"x-default\">{}</rdf:li></rdf:Alt></dc:description>\n"
        "<dc:language><rdf:Bag><rdf:li>en-GB</rdf:li></rdf:Bag></dc:language>\n"
        "<xmp:CreatorTool>{}</xmp:CreatorTool>\n<patchlight:recipe>{}</patchlight:recipe>\n"
        "</rdf:Description></rdf:RDF></x:xmpmeta>\n<?xpacket end=\"w\"?>",
        escaped(source.title), escaped(source.description), madeWith(), escaped(QString::fromUtf8(source.recipe)));
}

void attachRecipe(QPDF& pdf, const QByteArray& recipe) {
    auto stream = QPDFEFStreamObjectHelper::createEFStream(pdf, recipe.toStdString());
    stream.setSubtype("application/json");
    auto file = QPDFFileSpecObjectHelper::createFileSpec(pdf, "recipe.json", stream);
    file.setDescription("What this page was made from and how: open it in Patchlight to make it again");
    file.getObjectHandle().replaceKey("/AFRelationship", name("Source"));
    QPDFEmbeddedFileDocumentHelper(pdf).replaceEmbeddedFile("recipe.json", file);
    pdf.getRoot().replaceKey("/AF", Object::newArray({file.getObjectHandle()}));
}

void describe(QPDF& pdf, const TaggedPdf& source) {
    Object root = pdf.getRoot();
    root.replaceKey("/MarkInfo", Object::parse("<</Marked true>>"));
    root.replaceKey("/Lang", Object::newString("en-GB"));
    root.replaceKey("/ViewerPreferences", Object::parse("<</DisplayDocTitle true>>"));
    Object metadata = Object::newStream(&pdf, metadataOf(source));
    metadata.getDict().replaceKey("/Type", name("Metadata"));
    metadata.getDict().replaceKey("/Subtype", name("XML"));
    root.replaceKey("/Metadata", pdf.makeIndirectObject(metadata));
    Object info = pdf.makeIndirectObject(Object::newDictionary());
    info.replaceKey("/Title", text(source.title));
    info.replaceKey("/Creator", Object::newString(madeWith()));
    pdf.getTrailer().replaceKey("/Info", info);
}

void addBookmarks(QPDF& pdf, const std::vector<TaggedPage>& titles, const std::vector<Object>& pages) {
    Object outlines = pdf.makeIndirectObject(Object::newDictionary());
    std::vector<Object> items;
    for (std::size_t i = 0; i < pages.size(); ++i) {
        Object item = pdf.makeIndirectObject(Object::newDictionary());
        item.replaceKey("/Title", text(titles[i].title));
        item.replaceKey("/Parent", outlines);
        item.replaceKey("/Dest", Object::newArray({pages[i], name("Fit")}));
        items.push_back(item);
    }
    for (std::size_t i = 0; i < items.size(); ++i) {
        if (i > 0) items[i].replaceKey("/Prev", items[i - 1]);
        if (i + 1 < items.size()) items[i].replaceKey("/Next", items[i + 1]);
    }
    outlines.replaceKey("/Type", name("Outlines"));
    outlines.replaceKey("/First", items.front());
    outlines.replaceKey("/Last", items.back());
    outlines.replaceKey("/Count", Object::newInteger(static_cast<long long>(items.size())));
    pdf.getRoot().replaceKey("/Outlines", outlines);
    pdf.getRoot().replaceKey("/PageMode", name("UseOutlines"));
}

QByteArray folded(const TaggedPdf& source) {
    QPDF pdf;
    pdf.setSuppressWarnings(true);
    pdf.processMemoryFile("parts", source.parts.constData(), std::size_t(source.parts.size()));
    QPDFPageDocumentHelper pages(pdf);
    const std::vector<QPDFPageObjectHelper> parts = pages.getAllPages();
    std::size_t leaves = 0;
    for (const TaggedPage& page : source.pages) leaves += leavesOf(page.elements).size();
    if (parts.empty() || parts.size() != leaves) throw std::runtime_error("the pages' parts are not complete");

    std::vector<Object> made;
    Object root = Folding(pdf, parts).build(source.pages, made);
    for (const QPDFPageObjectHelper& part : parts) pages.removePage(part);
    for (const Object& page : made) pages.addPage(QPDFPageObjectHelper(page), false);
    pdf.getRoot().replaceKey("/StructTreeRoot", root);
    if (made.size() > 1) addBookmarks(pdf, source.pages, made);
    mendBlanks(pdf);
    describe(pdf, source);
    attachRecipe(pdf, source.recipe);

    pdf.getTrailer().removeKey("/ID"); // since Qt 6.8 its first half is drawn by lot, and qpdf would keep it
    QPDFWriter writer(pdf);
    writer.setOutputMemory();
    writer.setMinimumPDFVersion("1.7");
    writer.setDeterministicID(true);
    writer.setObjectStreamMode(qpdf_o_generate);
    writer.write();
    const auto buffer = writer.getBufferSharedPointer();
    return {reinterpret_cast<const char*>(buffer->getBuffer()), qsizetype(buffer->getSize())};
}

} // namespace

std::vector<const PageElement*> leavesOf(const std::vector<PageElement>& elements) {
    std::vector<const PageElement*> leaves;
    for (const PageElement& element : elements) {
        if (element.draw) leaves.push_back(&element);
        for (const PageElement* leaf : leavesOf(element.children)) leaves.push_back(leaf);
    }
    return leaves;
}

Expected<QByteArray> foldIntoTaggedPages(const TaggedPdf& source) {
    try {
        return folded(source);
    } catch (const std::exception& problem) { // libqpdf throws
        return fail(ErrorCode::fileFormat, std::string("The PDF could not be put together: ") + problem.what() + '.');
    }
}

} // namespace patchlight::paint
