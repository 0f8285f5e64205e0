require "test_helper"

class MessagesControllerTest < ActionDispatch::IntegrationTest
  setup { sign_in "Ada" }

  test "a message is kept, and published to its room" do
    assert_event_published("room", :message_posted, room_id: 2, author: "Ada", body: /hi/) do
      post room_messages_path(2), params: { body: "hi there" }
    end

    assert_response :ok
    assert_equal [ "hi there" ], Message.recent(2).map(&:body)
  end

  test "what is wrong is told, and nothing is published" do
    assert_no_events_published { post room_messages_path(1), params: { body: "" } }

    assert_response 422
    assert_equal "Body can't be blank", response.body
  end
end
