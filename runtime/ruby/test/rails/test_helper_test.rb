# frozen_string_literal: true

require_relative "../support/rails_app"
require "rspec/expectations"

class TestHelperTest < ActiveSupport::TestCase
  include Signalbox::TestHelper

  def publish
    Events::Room.message_posted(room_id: 1, id: "7", author: "Ada", body: "hi", posted_at: Time.utc(2026, 1, 2))
  end

  test "published, by names and fields" do
    publish
    message = assert_event_published("room", :message_posted, room_id: 1, body: "hi")

    assert_equal "room:1", message.channel
    assert_event_published
    assert_event_published("room")
    assert_event_published("room:1")
    assert_event_published("room", "messagePosted", { "postedAt" => Time.utc(2026, 1, 2) }, body: /^h/, id: String)
    assert_no_events_published("thing")
    assert_no_events_published("room", :typing)
  end

  test "only what the block publishes counts" do
    publish
    assert_no_events_published { nil }
    assert_event_published("room", :typing) { Events::Room.typing(room_id: 2, author: "Ada") }
    assert_equal %w[messagePosted], capture_events("room", :message_posted) { publish }.map(&:event)
    assert_event_published("room", :message_posted, times: 2)
  end

  test "a failure says what was published instead" do
    publish
    error = assert_raises(Minitest::Assertion) { assert_event_published("room", :message_posted, room_id: 1, body: "ho") }
    assert_includes error.message, 'messagePosted on room with {"room_id"=>1, "body"=>"ho"}'
    assert_includes error.message, "messagePosted on room:1"
    assert_includes error.message, '"body"=>"hi"'
    assert_raises(Minitest::Assertion) { assert_event_published("room", :message_posted, room_id: 2) }
    assert_raises(Minitest::Assertion) { assert_no_events_published("room") }
  end

  test "a question about what is not in the contract is an error" do
    assert_raises(Signalbox::UnknownChannel) { assert_no_events_published("rom") }
    assert_raises(Signalbox::UnknownEvent) { assert_no_events_published("room", :massage_posted) }
  end

  test "payloads are validated" do
    assert_raises(Signalbox::ContractViolation) { Events::Room.typing(room_id: 1, author: "") }
  end

  test "the buffer is empty when a test begins" do
    assert_no_events_published
  end

  test "a real transport is not taken for the buffer" do
    Signalbox.configure { |c| c.redis = ->(*) { 1 } }
    error = assert_raises(Signalbox::Error) { assert_no_events_published }
    assert_includes error.message, "c.transport = :test"
  ensure
    Signalbox.configure { |c| c.redis = nil }
  end
end

class RSpecMatchersTest < ActiveSupport::TestCase
  include RSpec::Matchers
  include Signalbox::RSpecMatchers

  def publish
    Events::Room.typing(room_id: 1, author: "Ada")
  end

  test "passes" do
    assert_nothing_raised do
      expect { publish }.to publish_event
      expect { publish }.to publish_event("room", :typing).with(room_id: 1, author: "Ada").once
      expect { publish }.to publish_event("room", :typing).with(author: a_string_starting_with("A"))
      expect { 2.times { publish } }.to have_published_event("room:1").twice
      expect { 3.times { publish } }.to publish_event("room").at_least(2).times
      expect { publish }.not_to publish_event("thing")
      expect { nil }.not_to publish_event
    end
  end

  test "fails, and says what was published" do
    error = assert_raises(RSpec::Expectations::ExpectationNotMetError) {
      expect { publish }.to publish_event("room", :typing).with(author: "Bob")
    }
    assert_includes error.message, 'expected the block to publish 1 x typing on room with {"author"=>"Bob"}'
    assert_includes error.message, "typing on room:1"
    [
      -> { expect { nil }.to publish_event },
      -> { expect { 2.times { publish } }.to publish_event },
      -> { expect { publish }.not_to publish_event }
    ].each { |expectation| assert_raises(RSpec::Expectations::ExpectationNotMetError, &expectation) }
  end
end
