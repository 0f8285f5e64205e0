require "application_system_test_case"

class ThingTest < ApplicationSystemTestCase
  setup do
    enter "Ada"
    click_on "Thing"
    wait_for_signalbox "thing"
    wait_for_signalbox "inbox", user_id: User.find_by!(name: "Ada")
  end

  test "a change is shown when it is committed" do
    fill_in "New contents", with: "Signals at clear"
    click_on "Update"

    assert_selector "#contents", text: "Signals at clear"
    assert_text "Changed by you"
  end

  test "an announcement reaches every inbox" do
    AnnouncementJob.perform_now("The 9:15 is late")

    assert_selector "#inbox li.warning", text: "The 9:15 is late"
  end

  test "a notification to nobody is told" do
    fill_in "To", with: "Nobody"
    fill_in "Notification", with: "Hello"
    click_on "Notify"

    assert_selector "[role=alert]", text: "Nobody here is called Nobody."
  end
end
