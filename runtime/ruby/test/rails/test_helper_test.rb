# frozen_string_literal: true

require_relative "../support/rails_app"

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

  # For room 12.
  TAKEN = [
    12, "12", :"12", Integer, Numeric, 10..12, 10.., /2/, /\A12\z/, Set[12], ->(id) { id > 11 }, Struct.new(:to_param).new(12)
  ].freeze
  REFUSED = [ 1, "1", String, 12.5, Float, 1..11, 13.., "1".."2", /3/, Set[1], ->(id) { id > 12 } ].freeze

  test "a channel's parameter is matched as the contract declares it, and by a pattern as text" do
    typing = -> { Events::Room.typing(room_id: 12, author: "Ada") }
    TAKEN.each do |value|
      assert_event_published("room", :typing, room_id: value, &typing)
      assert_equal 1, capture_events("room:12", room_id: value, &typing).size
      assert_raises(Minitest::Assertion) { assert_no_events_published("room", :typing, { "roomId" => value }, author: /A/, &typing) }
    end
    REFUSED.each do |value|
      assert_no_events_published("room", :typing, room_id: value, &typing)
      assert_raises(Minitest::Assertion) { assert_event_published("room", :typing, room_id: value, &typing) }
    end
  end

  test "a parameter that is a text is matched as one" do
    moved = -> { Events::Map.moved([ 1.5, 2 ], kind: :city, slug: "42") }
    [ { kind: /it/ }, { kind: :city }, { kind: String }, { slug: 42 }, { slug: "40".."45" }, { slug: String } ].each do |fields|
      assert_event_published("map", :moved, **fields, &moved)
      assert_raises(Minitest::Assertion) { assert_no_events_published("map", **fields, &moved) }
    end
    [ { kind: /x/ }, { kind: Symbol }, { slug: Integer }, { slug: 40..45 } ].each do |fields|
      assert_no_events_published("map", :moved, **fields, &moved)
    end
  end

  test "a parameter that is a field as well is matched as either" do
    moved = -> { Events::Parcel.moved(parcel_id: 12, reason: "x") }
    [ 12, "12", /2/, 10..12, Integer ].each { |value| assert_event_published("parcel", :moved, parcel_id: value, &moved) }
    assert_no_events_published("parcel", :moved, parcel_id: 1..11, &moved)
  end

  test "a payload that is no object" do
    made = -> { Events.publish("remark", :made, "hello") }
    assert_equal "hello", assert_event_published("remark", :made, "hello", &made).payload
    [ :hello, /ell/, String, "a".."z" ].each { |payload| assert_event_published("remark", :made, payload, &made) }
    [ "hell", /x/, Integer ].each { |payload| assert_no_events_published("remark", :made, payload, &made) }
    assert_event_published("time", :ticked, 1..5) { Events::Time.ticked(5) }
    assert_event_published("remark", :cleared, nil) { Events::Remark.cleared(nil) }
    assert_raises(Minitest::Assertion) { assert_no_events_published(nil, nil, "hello", &made) }

    moved = -> { Events::Map.moved([ 1.5, 2 ], kind: "city", slug: "x") }
    assert_event_published("map", :moved, [ 1.5, 2 ], kind: "city", &moved)
    assert_event_published("map", :moved, [ Float, 0..2 ], &moved)
    [ [ [ 2, 1.5 ], {} ], [ [ 1.5, 3 ], {} ], [ [ 1.5, 2 ], { kind: "river" } ] ].each do |payload, fields|
      assert_no_events_published("map", :moved, payload, **fields, &moved)
      error = assert_raises(Minitest::Assertion) { assert_event_published("map", :moved, payload, **fields, &moved) }
      asked = [ payload.inspect, *("kind: \"river\"" if fields.any?) ].join(", ")
      assert_equal "Expected one moved event on map with #{asked} to be published, but none was. Published:\n  moved on map:city:x: [1.5, 2]",
                   error.message
    end
  end

  test "a payload may be what a publish takes" do
    message = Struct.new(:id, :author, :body, :posted_at).new("7", "Ada", "hi", Time.utc(2026, 1, 2))
    def message.as_json(*) = to_h.transform_keys { |key| key.to_s.camelize(:lower) }
    record = Class.new { def as_json(*) = { "author" => "Ada", "more" => 1 } }.new
    publish
    Events::Room.typing(room_id: 1, author: "Ada")
    assert_event_published("room", :message_posted, message, room_id: 1)
    assert_event_published("room", :typing, record)
    assert_raises(Minitest::Assertion) { assert_no_events_published("room", :typing, record) }
  end

  test "a payload of another kind than the contract's is an error" do
    [
      [ "room", :typing, "Ada", "room:{roomId} typing: (payload): Invalid input: expected object, received string" ],
      [ "room", :typing, nil, "expected object, received null" ],
      [ "room", nil, [ /x/ ], "expected object, received array" ],
      [ "remark", :made, 5, "expected string, received number" ],
      [ "map", :moved, "x", "expected array, received string" ],
      [ "map", :moved, [ 1.5 ], "expected array to have exactly 2 items" ],
      [ "remark", :made, "", "remark made: (payload): Too small: expected string to have >=1 characters" ]
    ].each do |channel, event, payload, text|
      [
        -> { assert_event_published(channel, event, payload) },
        -> { assert_no_events_published(channel, event, payload) },
        -> { capture_events(channel, event, payload) { nil } }
      ].each { |question| assert_includes assert_raises(Signalbox::ContractViolation, &question).message, text }
    end
  end

  # What no event can have.
  IMPOSSIBLE = [
    [ "inbox", nil, { user_id: "ann" }, 'inbox:{userId} notified: userId: Invalid parameter: expected an Integer, or its digits as they are usually written (given "ann")' ],
    [ "room", :typing, { room_id: nil }, "roomId: Invalid parameter: expected an Integer, a String or a record (given nil)" ],
    [ "room", nil, { "roomId" => true }, "roomId: Invalid parameter" ],
    [ "room", :typing, { room_id: 0 }, "roomId: Too small: expected number to be >=1 (given 0)" ],
    [ nil, nil, { room_id: 0 }, "roomId: Too small" ],
    [ "map", nil, { kind: "cty" }, 'kind: Invalid option: expected one of "city"|"river" (given "cty")' ],
    [ "room", :typing, { author: "" }, 'room:{roomId} typing: author: Too small: expected string to have >=1 characters (given "")' ],
    [ "room", nil, { author: 5 }, "author: Invalid input: expected string, received number (given 5)" ],
    [ "order", :paid, { order_id: "x" }, 'orderId: Invalid UUID (given "x")' ],
    [ "inbox", :notified, { level: :high, title: /x/ }, "level: Invalid option" ],
    [ "kinds", :sent, { inside: { deep_name: 5 } }, "inside.deepName: Invalid input: expected string" ],
    [ "kinds", :sent, { tags: [ 1 ] }, "tags[0]: Invalid input: expected string" ],
    [ "kinds", :sent, { price: 12.5 }, "received a Float" ],
    [ "parcel", :sent, { payment: { kind: "card", card_name: 5 } }, "payment.cardName: Invalid input" ]
  ].freeze

  # What an event can have, or what is not known.
  POSSIBLE = [
    [ "room", nil, { room_id: 12.0, author: Set[""] } ],
    [ "map", nil, { slug: 42 } ],
    [ "inbox", :notified, { level: :warning, url: nil.method(:nil?) } ],
    [ "kinds", :sent, { price: 1, at: Time.now, tags: [ /x/, 5 ], inside: { deep_name: String }, anything: { 1 => [ nil ] } } ],
    [ "parcel", :sent, { address: { street: "x" }, stops: [ { zip_code: "1" } ], payment: { amount: "1.00" } } ],
    [ "parcel", nil, { reason: "x", parcel_id: 1 } ],
    [ nil, nil, { text: "x" } ]
  ].freeze

  test "a plain value that no event can have is an error" do
    IMPOSSIBLE.each do |channel, event, fields, text|
      [
        -> { assert_event_published(channel, event, fields) },
        -> { assert_no_events_published(channel, event, fields) },
        -> { capture_events(channel, event, fields) { nil } }
      ].each { |question| assert_includes assert_raises(Signalbox::ContractViolation, &question).message, text }
    end
    POSSIBLE.each { |channel, event, fields| assert_no_events_published(channel, event, fields) }
  end

  test "a payload is read by the wire's names and by Ruby's" do
    publish
    payload = assert_event_published("room").payload
    assert_equal [ "2026-01-02T00:00:00.000Z" ] * 5, [ payload[:posted_at], payload["postedAt"], payload[:postedAt], payload.fetch(:posted_at), payload.dig(:posted_at) ]
    assert_equal [ %w[hi Ada], true, false, nil ], [ payload.values_at(:body, :author), payload.key?(:posted_at), payload.key?("posted_at"), payload[:bdy] ]
    assert_raises(KeyError) { payload.fetch(:bdy) }
    assert_equal [ 5, 6 ], [ payload.fetch(:bdy, 5), payload.fetch(:bdy) { 6 } ]
    assert_equal({ "postedAt" => "2026-01-02T00:00:00.000Z" }, payload.slice(:posted_at))
    assert_equal %w[id author body], payload.except(:posted_at).keys
    assert_equal({ "id" => "7", "author" => "Ada", "body" => "hi", "postedAt" => "2026-01-02T00:00:00.000Z" }, payload)
    assert_equal Signalbox::Testing.buffer.messages.last.payload.inspect, payload.inspect
    assert_equal "hi", (payload in { posted_at: String, body: }) && body
    sent = capture_events("parcel") { Events::Parcel.sent(parcel_id: 1, address: { street: "x", zip_code: "1" }, stops: [ { street: "y", zip_code: "2" } ]) }
    assert_equal %w[1 2], [ sent.first.payload.dig(:address, :zip_code), sent.first.payload.dig(:stops, 0, :zip_code) ]
  end

  test "what a block publishes counts also where the buffer is cleared in it" do
    3.times { publish }
    assert_raises(Minitest::Assertion) {
      assert_no_events_published {
        Signalbox::Testing.clear
        publish
      }
    }
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

  ORDER = "6f1ed002-ab59-42f4-a2c1-0b6b7d0a1c55"

  # What the contract lets through.
  KNOWN = [
    [ "kinds", :sent, { open: { deep_name: "x", other: 1 }, scores: { any: 1 }, anything: { any: 1 } } ],
    [ "kinds", :sent, { inside: { "deepName" => /x/ } } ],
    [ "closed", :changed, { "rows" => [ { name: String } ], title: /x/ } ],
    [ "map", :name, { "1st": "x", "foo-bar" => true, foo_bar: true, kind: "city" } ],
    [ "order", :paid, { order_id: ORDER } ],
    [ nil, nil, { order_id: ORDER, total: 1 } ]
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
