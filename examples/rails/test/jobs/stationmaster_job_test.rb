require "test_helper"

class StationmasterJobTest < ActiveJob::TestCase
  test "the room sees that an answer comes, and then the answer" do
    question = User.named("Ada").messages.create!(room_id: 3, body: "/time")

    events = capture_events("room") { StationmasterJob.perform_now(question) }

    assert_equal %w[typing messagePosted], events.map(&:event)
    assert_equal %w[room:3 room:3], events.map(&:channel)
    assert_equal %w[Stationmaster], events.map { |event| event.payload["author"] }.uniq
    assert_match(/\AIt is \d\d:\d\d UTC\.\z/, events.last.payload["body"])
  end
end
