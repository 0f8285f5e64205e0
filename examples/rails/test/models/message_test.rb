require "test_helper"

class MessageTest < ActiveSupport::TestCase
  include ActiveJob::TestHelper

  setup { @ada = User.named("Ada") }

  test "a message is published with what the contract declares, and no more" do
    message = @ada.messages.create!(room_id: 1, body: " hi ")

    published = assert_event_published("room", :message_posted, room_id: 1, author: "Ada", body: "hi")
    assert_equal({ "id" => message.id, "author" => "Ada", "body" => "hi", "postedAt" => message.created_at.iso8601(3) },
      published.payload)
  end

  test "nothing is published where the transaction is rolled back" do
    assert_no_events_published do
      Message.transaction do
        @ada.messages.create!(room_id: 1, body: "hi")
        raise ActiveRecord::Rollback
      end
    end
    assert_no_enqueued_jobs
  end

  test "an invalid message is published nowhere" do
    assert_no_events_published { assert_not @ada.messages.create(room_id: 1, body: " ").persisted? }
  end

  test "only a new message is published" do
    message = @ada.messages.create!(room_id: 1, body: "hi")

    assert_no_events_published { message.update!(body: "ho") }
    assert_no_events_published { message.destroy! }
  end

  test "those who are mentioned are notified by a job" do
    grace = User.named("Grace")
    assert_no_events_published("inbox") { @ada.messages.create!(room_id: 2, body: "@Grace, @Ada and @Nobody") }

    events = capture_events("inbox") { perform_enqueued_jobs }
    assert_equal [ "inbox:#{grace.id}" ], events.map(&:channel)
    assert_equal "Ada has mentioned you in room 2", events.first.payload["title"]
  end

  test "whoever asks for the time is answered by a job" do
    message = @ada.messages.create!(room_id: 1, body: "/time")

    assert_enqueued_with(job: StationmasterJob, args: [ message ])
  end
end
