// SPDX-License-Identifier: GPL-3.0-or-later
#include "resources/sample/generator/names.h"

#include <algorithm>
#include <array>
#include <span>

namespace patchlight::sample {

namespace {

constexpr std::array<std::string_view, 120> stems{
    "Acorn",      "Alder",     "Almond",      "Amberley",   "Anchor",    "Ashdown",   "Aspen",     "Avocet",
    "Bakehouse",  "Barley",    "Beacon",      "Beech",      "Bellfield", "Birchwood", "Bittern",   "Blackthorn",
    "Bluebell",   "Boathouse", "Bramble",     "Brickfield", "Brook",     "Buckthorn", "Caldwell",  "Candleford",
    "Cedar",      "Chandler",  "Chapel",      "Cherrytree", "Clover",    "Cobbler",   "Cooper",    "Coppice",
    "Cormorant",  "Cornfield", "Cowslip",     "Curlew",     "Damson",    "Dovecote",  "Drover",    "Dunlin",
    "Elderberry", "Elm",       "Fallow",      "Farrier",    "Fennel",    "Fernhill",  "Fieldfare", "Fletcher",
    "Foxglove",   "Fuller",    "Gannet",      "Glebe",      "Goldcrest", "Gorse",     "Granary",   "Greenfinch",
    "Gullwing",   "Harebell",  "Hartfield",   "Hawthorn",   "Hazel",     "Heather",   "Heron",     "Hillcrest",
    "Holly",      "Hollow",    "Hornbeam",    "Ivy",        "Jasmine",   "Juniper",   "Kestrel",   "Kingfisher",
    "Kiln",       "Lapwing",   "Larch",       "Laurel",     "Lavender",  "Lilac",     "Linden",    "Linnet",
    "Lobster",    "Magnolia",  "Mallard",     "Maple",      "Marram",    "Meadow",    "Medlar",    "Mulberry",
    "Myrtle",     "Nettle",    "Nightingale", "Nutmeg",     "Oakfield",  "Orchard",   "Osprey",    "Oyster",
    "Pavilion",   "Pebble",    "Pinewood",    "Plover",     "Poplar",    "Primrose",  "Quayside",  "Quince",
    "Redwing",    "Rosemary",  "Rowan",       "Saddler",    "Samphire",  "Sandpiper", "Shingle",   "Skylark",
    "Sorrel",     "Spindle",   "Sycamore",    "Tamarisk",   "Teasel",    "Thrift",    "Wheatear",  "Willow"};
constexpr std::array<std::string_view, 8> throughForms{"Road",    "Street", "Avenue", "Road",
                                                       "Terrace", "Drive",  "Lane",   "Way"};
constexpr std::array<std::string_view, 3> crescentForms{"Crescent", "Gardens", "Circle"};
constexpr std::array<std::string_view, 4> closeForms{"Close", "Court", "Mews", "Place"};

std::span<const std::string_view> formsOf(StreetForm form) {
    switch (form) {
    case StreetForm::crescent:
        return crescentForms;
    case StreetForm::close:
        return closeForms;
    case StreetForm::through:
        break;
    }
    return throughForms;
}

} // namespace

std::string StreetNames::next(StreetForm form) {
    const auto forms = formsOf(form);
    for (;;) {
        std::string name{stems[m_random.below(stems.size())]};
        name += ' ';
        name += forms[m_random.below(forms.size())];
        if (std::find(m_given.begin(), m_given.end(), name) != m_given.end()) continue;
        m_given.push_back(name);
        return name;
    }
}

} // namespace patchlight::sample
