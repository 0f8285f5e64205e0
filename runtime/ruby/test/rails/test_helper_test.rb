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
    assert_equal <<~TEXT.chomp, error.message
      Expected one messagePosted event on room with room_id: 1, body: "ho" to be published, but none was. Published:
        messagePosted on room:1: #{Signalbox::Testing.buffer.messages.last.payload.inspect}
    TEXT
    {
      "Expected 2 events on room to be published, but one was. Published:\n" => -> { assert_event_published("room", times: 2) },
      "Expected no event to be published, but one was:\n  messagePosted on room:1: {" => -> { assert_no_events_published },
      "Expected no messagePosted event on room:1 with body: /h/ to be published, but one was:\n" =>
        -> { assert_no_events_published("room:1", :message_posted, body: /h/) },
      "Expected one event to be published, but nothing was published." => -> { assert_event_published { nil } },
      "Expected one messagePosted event on room with room_id: 2 to be published, but none was. Published:\n" =>
        -> { assert_event_published("room", :message_posted, room_id: 2) }
    }.each { |text, assertion| assert_equal text, assert_raises(Minitest::Assertion, &assertion).message[0, text.size] }
  end

  test "a failure says what waits in a job" do
    jobs = Signalbox::PublishJob.queue_adapter.enqueued_jobs
    jobs.clear
    error = assert_raises(Minitest::Assertion) { assert_event_published("thing") { Events.publish_later("thing", user_id: 1, contents: "x") } }
    assert_equal "Expected one event on thing to be published, but nothing was published, and one waits in a job: " \
      "perform_enqueued_jobs { ... }.", error.message.lines.first.chomp
  ensure
    jobs&.clear
  end

  test "fields narrow what must not be published, and what is captured" do
    publish
    assert_no_events_published("room", :message_posted, body: "ho")
    assert_no_events_published("room", room_id: 2)
    assert_no_events_published(room_id: 2)
    assert_raises(Minitest::Assertion) { assert_no_events_published(room_id: 1) }
    assert_equal 1, capture_events("room", author: "Bob") { %w[Ada Bob].each { |author| Events::Room.typing(room_id: 1, author: author) } }.size
  end

  test "a question about what is not in the contract is an error" do
    assert_raises(Signalbox::UnknownChannel) { assert_no_events_published("rom") }
    assert_raises(Signalbox::UnknownChannel) { assert_no_events_published("rom:1") }
    assert_raises(Signalbox::UnknownEvent) { assert_no_events_published("room", :massage_posted) }
    assert_raises(Signalbox::UnknownEvent) { assert_no_events_published("room:1", :massage_posted) }
    error = assert_raises(Signalbox::UnknownEvent) { assert_no_events_published(nil, :massage_posted) }
    assert_includes error.message, 'Did you mean "messagePosted"?'
  end

  # Field, how the question is put, what the message says.
  UNKNOWN = [
    [ "room", :message_posted, { bdy: "x" }, 'room messagePosted has no field "bdy". Did you mean "body"?' ],
    [ "room", nil, { "bdy" => "x" }, 'room messagePosted has no field "bdy". Did you mean "body"?' ],
    [ "room:1", :message_posted, { rom_id: 1 }, 'has no field "rom_id". Did you mean "room_id"?' ],
    [ nil, nil, { bdy: "x" }, 'has no field "bdy"' ],
    [ nil, :message_posted, { bdy: /x/ }, 'Did you mean "body"?' ],
    [ "kinds", :sent, { inside: { deep_nam: 1 } }, 'kinds sent has no field "inside.deep_nam"' ],
    [ "kinds", :sent, { inside: { deep_name: "x", other: { a: 1 } } }, '"inside.other"' ],
    [ "closed", :changed, { rows: [ { nmae: "x" } ] }, 'closed changed has no field "rows.0.nmae"' ],
    [ "closed", :changed, { rows: [ { name: String } ], titel: 1 }, '"titel". Did you mean "title"?' ],
    [ "map", :moved, { x: 1 }, 'map moved has no field "x".' ]
  ].freeze

  # What the contract lets through.
  KNOWN = [
    [ "kinds", :sent, { open: { deep_name: "x", other: 1 }, scores: { any: 1 }, anything: { any: 1 } } ],
    [ "kinds", :sent, { inside: { "deepName" => /x/ } } ],
    [ "closed", :changed, { "rows" => [ { name: String } ], title: nil } ],
    [ "map", :name, { "1st": "x", "foo-bar" => true, foo_bar: true, kind: "city" } ],
    [ "order", :paid, { order_id: "x" } ],
    [ nil, nil, { order_id: "x", total: 1 } ]
  ].freeze

  test "a field that is not in the contract is an error" do
    UNKNOWN.each do |channel, event, fields, text|
      [
        -> { assert_event_published(channel, event, fields) },
        -> { assert_no_events_published(channel, event, fields) },
        -> { assert_no_events_published(channel, event, **fields.transform_keys(&:to_sym)) },
        -> { capture_events(channel, event, fields) { nil } }
      ].each { |question| assert_includes assert_raises(Signalbox::UnknownField, &question).message, text }
    end
    KNOWN.each { |channel, event, fields| assert_no_events_published(channel, event, fields) }
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
    assert_equal <<~TEXT.chomp, error.message
      expected one typing event on room with author: "Bob" to be published, but none was. Published:
        typing on room:1: #{{ "author" => "Ada" }.inspect}
    TEXT
    {
      "expected at least 2 events to be published, but one was. Published:\n" => -> { expect { publish }.to publish_event.at_least(2).times },
      "expected one event to be published, but nothing was published." => -> { expect { nil }.to publish_event },
      "expected no event on room to be published, but one was:\n" => -> { expect { publish }.not_to publish_event("room") }
    }.each do |text, expectation|
      assert_equal text, assert_raises(RSpec::Expectations::ExpectationNotMetError, &expectation).message[0, text.size]
    end
    assert_equal "publish one typing event on room", publish_event("room", :typing).description
    [
      -> { expect { nil }.to publish_event },
      -> { expect { 2.times { publish } }.to publish_event },
      -> { expect { publish }.not_to publish_event }
    ].each { |expectation| assert_raises(RSpec::Expectations::ExpectationNotMetError, &expectation) }
  end

  test "a field that is not in the contract is an error" do
    [
      -> { expect { publish }.not_to publish_event("room", :typing).with(auther: "Ada") },
      -> { expect { publish }.to publish_event("room", :typing).with({ "auther" => a_string_starting_with("A") }) }
    ].each do |expectation|
      assert_includes assert_raises(Signalbox::UnknownField, &expectation).message, 'room typing has no field "auther". Did you mean "author"?'
    end
  end
end
