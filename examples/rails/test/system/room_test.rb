require "application_system_test_case"

class RoomTest < ApplicationSystemTestCase
  test "what somebody says reaches everybody in the room, and is there for those who come later" do
    enter "Ada"
    using_session("Grace") { enter "Grace" }

    fill_in "Message", with: "Train approaching"
    using_session("Grace") { assert_text "Ada is typing" }
    click_on "Send"
    using_session("Grace") { assert_selector "#messages li", text: "Train approaching", count: 1 }
    assert_selector "#messages li.mine", text: "Train approaching", count: 1

    assert_event_published "room", :message_posted, room_id: 1, author: "Ada", body: "Train approaching"
    using_session("Alan") do
      enter "Alan"
      assert_selector "#messages li", text: "Train approaching", count: 1
    end
  end

  test "a wave goes through the gateway alone" do
    enter "Ada"
    click_on "Wave"

    assert_selector "#messages li.mine", text: "waves"
    assert_no_events_published
    assert_empty Message.all
  end

  test "what Rails saves by itself is shown, too" do
    enter "Ada"
    User.named("Grace").messages.create!(room_id: 1, body: "from a job, or the console")

    assert_selector "#messages li", text: "from a job, or the console"
  end

  test "what is wrong with a message is told, and nothing is lost of it" do
    enter "Ada"
    fill_in "Message", with: "   "
    click_on "Send"

    assert_selector "[role=alert]", text: "Body can't be blank"
    assert_field "Message", with: "   "
  end
end
