find_package(Qt6 6.4 REQUIRED COMPONENTS Test)
file(GLOB widgets_tests CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/widgets/*.cpp)
add_executable(widgets_tests ${widgets_tests})
find_package(SQLiteCpp 3.2 REQUIRED)  # tests look into the workspace behind the window
join_sources(widgets_tests)
target_link_libraries(widgets_tests PRIVATE workbench Qt6::Test GTest::gtest SQLiteCpp nlohmann_json::nlohmann_json)
gtest_discover_tests(widgets_tests DISCOVERY_TIMEOUT 60 PROPERTIES ENVIRONMENT "QT_QPA_PLATFORM=offscreen")
