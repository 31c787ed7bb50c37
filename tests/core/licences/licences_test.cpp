// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/licences/licences.h"

#include "tests/support/catch.h"

using namespace patchlight;

TEST_CASE("licences are guessed from the names that the products have", "[licences]") {
    struct Case {
        const char *file, *layer, *licence, *year;
    };
    for (const Case& one : {
             Case{"bdline_gpkg_gb-2025-05.gpkg district_borough_unitary", "Wards", "os-open", "2025"},
             {"Boundary-Line-ESRI-Shapefile-GB.zip", "Wards", "os-open", ""},
             {"opmplc_gpkg_gb.gpkg", "OS OpenMap Local 2024", "os-open", "2024"},
             {"oproad_gb.gpkg road_link", "Roads", "os-open", ""},
             {"OS_Open_Zoomstack.gpkg", "Base", "os-open", ""},
             {"osopenuprn_202504.gpkg", "UPRN", "os-open", "2025"},
             {"codepo_gb_202505.csv", "Postcodes", "royal-mail", "2025"},
             {"Code-Point Open 2023.gpkg", "", "royal-mail", "2023"},
             {"ONSPD_MAY_2025_UK.csv", "Postcodes", "royal-mail", "2025"},
             {"NSPL21_FEB_2025_UK.csv", "", "royal-mail", "2025"},
             {"LSOA_2021_EW_BFC_V10.shp", "LSOA", "ons", "2021"},
             {"Lower_layer_Super_Output_Areas_December_2021_Boundaries_EW_BGC.gpkg", "", "ons", "2021"},
             {"WD_DEC_2024_UK_BFC.geojson", "Wards", "ons", "2024"},
             {"dorset-latest.osm.pbf", "Roads", "osm", ""},
             {"gis_osm_roads_free_1.shp", "Roads", "osm", ""},
             {"MasterMap Topography.gpkg", "Buildings", "os-psga", ""},
             {"wards.geojson", "Wards", "", ""},
             {"cosmos.gpkg", "Rooms 2099", "", ""},
             {"", "", "", ""},
         }) {
        INFO(one.file);
        const LayerLicence licence = licenceOf({one.layer, one.file, {}});
        CHECK(licence.licence == one.licence);
        CHECK(licence.year == one.year);
    }
}

TEST_CASE("what was said wins over what names say", "[licences]") {
    const LayerOrigin said{"OS OpenMap Local 2024", "oml.gpkg", {"os-psga", "2023", "AC0000812345"}};
    CHECK(licenceOf(said) == said.said);
    CHECK(licenceOf({"OS OpenMap Local 2024", "", {"none", "", ""}}).licence == "none");
    CHECK(licenceOf({"OS OpenMap Local", "", {"", "2022", ""}}) == LayerLicence{"os-open", "2022", ""});
}

TEST_CASE("a licence is known when its line can be written in full", "[licences]") {
    CHECK_FALSE(knowsLicence({"Wards", "wards.geojson", {}}));
    CHECK_FALSE(knowsLicence({"OS OpenMap Local", "", {}})); // without a year
    CHECK(knowsLicence({"OS OpenMap Local 2024", "", {}}));
    CHECK_FALSE(knowsLicence({"MasterMap 2024", "", {}})); // without a number
    CHECK(knowsLicence({"MasterMap 2024", "", {"os-psga", "", "AC1"}}));
    CHECK(knowsLicence({"Roads", "x.osm.pbf", {}}));
    CHECK(knowsLicence({"Wards", "", {"none", "", ""}}));
    CHECK(knowsLicence({"Wards", "", {"(c) Sandhaven Council", "", ""}}));
}

TEST_CASE("lines come once, in order, with their years together", "[licences]") {
    const std::vector<LayerOrigin> origins{{"Roads", "oproad_gb_2024.gpkg", {}},
                                           {"Wards", "bdline 2025", {}},
                                           {"More wards", "bdline 2025", {}},
                                           {"LSOA", "LSOA_2021_EW_BFC.shp", {}},
                                           {"Postcodes", "codepo_gb_202505.csv", {}},
                                           {"Buildings", "", {"os-psga", "2025", "AC0000812345"}},
                                           {"Shops", "dorset.osm.pbf", {}},
                                           {"Beats", "beats.gpkg", {"\xC2\xA9 Dorset Police", "", ""}},
                                           {"Parks", "parks.gpkg", {"ogl", "", ""}},
                                           {"Own", "own.gpkg", {"none", "", ""}},
                                           {"Thing", "thing.gpkg", {}},
                                           {"Thing", "thing.gpkg", {}}};
    const Acknowledgements found = acknowledgementsOf(origins);
    CHECK(found.lines ==
          std::vector<std::string>{
              "Contains OS data © Crown copyright and database right 2021, 2024 and 2025.",
              "© Crown copyright and database rights 2025 Ordnance Survey AC0000812345.",
              "Source: Office for National Statistics licensed under the Open Government Licence v.3.0.",
              "Contains Royal Mail data © Royal Mail copyright and database right 2025.",
              "Contains National Statistics data © Crown copyright and database right 2025.",
              "© OpenStreetMap contributors, available under the Open Database Licence (openstreetmap.org/copyright).",
              "Contains public sector information licensed under the Open Government Licence v3.0 (Parks).",
              "© Dorset Police."});
    CHECK(found.unknown == std::vector<std::string>{"Thing"});
    CHECK(acknowledgementsOf({}).lines.empty());
}

TEST_CASE("what cannot be said of a licence is refused by the option", "[licences][errors]") {
    CHECK(layerLicence("OS-Open", "2025", "")->licence == "os-open");
    CHECK(layerLicence("", "", "")->licence.empty());
    CHECK(layerLicence(" \xC2\xA9 Council 2025 ", "", "")->licence == "\xC2\xA9 Council 2025");
    CHECK(layerLicence("", "2025", "")); // the guess's year
    CHECK(layerLicence("os-open", "25", "").error().subject == "--licence-year");
    CHECK(layerLicence("osm", "2025", "").error().subject == "--licence-year");
    CHECK(layerLicence("os-open", "", "AC1").error().subject == "--licence-number");
    CHECK(layerLicence("os-psga", "2025", "AC1"));
}
