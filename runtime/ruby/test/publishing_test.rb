# frozen_string_literal: true

require_relative "support/runtime"

class PublishingTest < Minitest::Test
  include RuntimeTest

  def test_typed_method_sends_an_envelope
    id = Events::Thing.updated(user_id: 1, contents: "x")

    channel, envelope = @sent.fetch(0)
    assert_equal "thing", channel
    assert_equal({ "user_id" => 1, "contents" => "x" }, envelope.fetch("d"))
    assert_equal [ 1, "updated", id ], envelope.values_at("sb", "e", "i")
    assert_match(/\A\h{12}\z/, envelope.fetch("f"))
    assert_in_delta Time.now.to_f * 1000, envelope.fetch("t"), 60_000
    assert_equal %w[d e f i sb t], envelope.keys.sort
  end

  def test_as_in_the_article
    Events.publish "thing", { user_id: 1, contents: "x" }
    Events.publish("thing", "user_id" => 1, "contents" => "x")
    Events.publish(:thing, :updated, user_id: 1, contents: "x")
    Events.publish("thing", "updated", { "user_id" => 1, contents: "x" })

    assert_equal [ { "user_id" => 1, "contents" => "x" } ] * 4, sent_payloads
  end

  def test_parameters_go_into_the_name
    Events.publish("room", :message_posted, room_id: 1, **RuntimeTest::MESSAGE)
    Events.publish("room", "messagePosted", { "roomId" => 2, **RuntimeTest::MESSAGE })
    Events.publish("room", :message_posted, RuntimeTest::MESSAGE, room_id: 3)
    Events::Room.message_posted(room_id: 4, **RuntimeTest::MESSAGE)

    assert_equal %w[room:1 room:2 room:3 room:4], @sent.map(&:first)
    assert_equal 1, sent_payloads.uniq.size
    assert_equal %w[author body id postedAt], sent_payloads.first.keys.sort
  end

  def test_an_object_of_its_own_is_a_payload
    message = Struct.new(:id, :author, :body, :posted_at, keyword_init: true).new(**RuntimeTest::MESSAGE)
    Events.publish("room", :message_posted, message, room_id: 1)

    assert_equal "Ada", sent_payloads.first.fetch("author")
  end

  def test_prefix
    Signalbox.configure { |c| c.prefix = "staging:" }
    Events::Thing.updated(user_id: 1, contents: "x")

    assert_equal "staging:thing", @sent.first.first
  end

  def test_optional_is_not_nil
    Events::Inbox.notified(user_id: 1, title: "x")
    assert_equal({ "title" => "x", "level" => "info" }, sent_payloads.first)

    error = assert_raises(Signalbox::ContractViolation) { Events::Inbox.notified(user_id: 1, title: "x", url: nil) }
    assert_equal [ "url" ], error.issues.first.path
  end

  def test_missing_and_wrong_fields_are_told_at_once
    error = assert_raises(Signalbox::ContractViolation) { Events::Room.message_posted(id: 1, body: "") }

    assert_empty @sent
    assert_equal "room:{roomId}", error.channel
    assert_equal "messagePosted", error.event
    assert_equal [ [ "roomId" ], [ "id" ], [ "author" ], [ "body" ], [ "postedAt" ] ], error.issues.map(&:path)
    assert_equal %w[invalid_type invalid_type invalid_type too_small invalid_type], error.issues.map(&:code)
    assert_includes error.message, "body: "
    refute_includes error.message, "\n"
  end

  def test_names_that_are_not_in_the_contract
    error = assert_raises(Signalbox::UnknownChannel) { Events.publish("thng", {}) }
    assert_includes error.message, 'Did you mean "thing"?'

    error = assert_raises(Signalbox::UnknownEvent) { Events.publish("room", :mesage_posted, room_id: 1) }
    assert_includes error.message, 'Did you mean "messagePosted"?'

    error = assert_raises(Signalbox::UnknownEvent) { Events.publish("room", room_id: 1) }
    assert_includes error.message, "say which one"
  end

  def test_json_text_is_not_encoded_twice
    error = assert_raises(Signalbox::UnknownEvent) { Events.publish("thing", { user_id: 1 }.to_json) }
    assert_includes error.message, "Give the Hash itself"
  end

  def test_root_that_is_not_an_object
    Events::Time.ticked(5)
    Events.publish("time", :ticked, 6)
    Events::Map.moved([ 1.5, 2 ], kind: :city, slug: "a-b")

    assert_equal [ 5, 6, [ 1.5, 2 ] ], sent_payloads
    assert_equal "map:city:a-b", @sent.last.first
    assert_raises(Signalbox::ContractViolation) { Events::Time.ticked }
  end

  def test_names_that_ruby_has_a_use_for
    Events::Map.name_event(kind: "city", slug: "x", class: "A", if: 1, foo_bar: true, "1st" => "one")

    assert_equal({ "class" => "A", "if" => 1, "foo-bar" => true, "1st" => "one" }, sent_payloads.first)
    assert_equal "Events::Map", Events::Map.name
  end

  def test_parameter_that_is_a_field_as_well
    Events::Order.paid(order_id: "0190aaaa-0000-4000-8000-000000000000", total: 3)
    Events.publish("order", :paid, order_id: "0190aaaa-0000-4000-8000-000000000000", total: 3)

    assert_equal [ "order:0190aaaa-0000-4000-8000-000000000000" ] * 2, @sent.map(&:first)
    assert_equal [ "0190aaaa-0000-4000-8000-000000000000" ] * 2, sent_payloads.map { |d| d.fetch("orderId") }
  end

  def test_a_parameter_that_is_a_field_as_well_beside_an_object
    id = "0190aaaa-0000-4000-8000-000000000000"
    order = Class.new { def as_json(*) = { total: 3 } }.new
    Events.publish("order", :paid, order, order_id: id)
    record = Struct.new(:to_param).new(id)
    Events::Order.paid(order_id: record, total: 4)
    Events.publish("order", :paid, order_id: record, total: 5)

    assert_equal [ "order:#{id}" ] * 3, @sent.map(&:first)
    assert_equal [ 3, 4, 5 ].map { |total| { "orderId" => id, "total" => total } }, sent_payloads
  end

  def test_a_keyword_that_is_no_field
    calls = {
      'levle: no field of this event. Did you mean "level"? (given "warning")' => -> { Events.publish("inbox", user_id: 5, title: "t", levle: "warning") },
      'commit: no field of this event. An option goes into with(commit: ...). (given :now)' => -> { Events.publish("thing", { user_id: 1, contents: "x" }, commit: :now) },
      "wiht: no field of this event. " => -> { Events::Map.name_event(kind: "city", slug: "x", class: "A", if: 1, foo_bar: true, "1st" => "one", wiht: 1) }
    }
    calls.each do |message, call|
      error = assert_raises(Signalbox::ContractViolation, message, &call)
      assert_includes error.message, message
    end
    assert_empty @sent

    Events.publish("inbox", { title: "t", sent_by: "Ada" }, user_id: 5)
    assert_equal [ { "title" => "t", "level" => "info" } ], sent_payloads
  end

  def test_a_keyword_and_a_payload_that_agree
    Events.publish("parcel", :lost, { reason: "x", parcel_id: "7" }, parcel_id: 7)
    Events.publish("parcel", :moved, { reason: "x", "parcelId" => 7 }, parcel_id: "7")
    Events.publish("room", :typing, { author: "Ada" }, room_id: 7, author: "Ada")

    assert_equal %w[parcel:7 parcel:7 room:7], @sent.map(&:first)
    assert_equal [ { "reason" => "x" }, { "parcelId" => 7, "reason" => "x" }, { "author" => "Ada" } ], sent_payloads
  end

  # Of a record every key is data; without a keyword it is the parameter.
  def test_payloads_without_declared_fields
    channel = Signalbox::Channel.new(name: "parcel", pattern: "parcel:{parcelId}", segments: Events::CONTRACT.channel("parcel").parameters)
    event = channel.event("weighed", publisher: :weighed, fingerprint: "0" * 12, type: nil)
    parameters, payloads = [ { parcel_id: 7 }, {} ].map { |keywords| Signalbox::Call.sort(event, { parcel_id: 2, box: 3 }, keywords) }.transpose

    assert_equal [ [ 7 ], [ 2 ] ], parameters
    assert_equal [ { parcel_id: 2, box: 3 }, { box: 3 } ], payloads
  end

  def test_a_struct_has_the_parameter
    Events.publish("parcel", :lost, Struct.new(:parcel_id, :reason).new(7, "x"))
    Events.publish("parcel", :moved, Struct.new(:parcel_id, :reason).new(7, "x"))
    Events.publish("parcel", :moved, Struct.new(:reason).new("x"), parcel_id: 7)

    assert_equal [ "parcel:7" ] * 3, @sent.map(&:first)
    assert_equal [ { "reason" => "x" }, *[ { "parcelId" => 7, "reason" => "x" } ] * 2 ], sent_payloads
  end

  def test_a_payload_in_the_place_of_the_event_is_the_only_one
    error = assert_raises(ArgumentError) { Events.publish("thing", { user_id: 1 }, { contents: "x" }) }
    assert_equal "publish takes a channel, an event and a payload", error.message
    assert_raises(ArgumentError) { Events.publish("thing", :updated, { user_id: 1, contents: "x" }, 3) }
    assert_empty @sent
  end

  def test_options_never_mix_with_fields
    Events::Thing.with(commit: :now).updated(user_id: 1, contents: "x")
    Events.with(commit: :now).publish("thing", user_id: 2, contents: "x")

    assert_equal [ 1, 2 ], sent_payloads.map { |d| d.fetch("user_id") }
    assert_raises(ArgumentError) { Events::Thing.with(comit: :now) }
    assert_raises(ArgumentError) { Events::Thing.with(commit: :soon) }
    assert_raises(ArgumentError) { Events::Thing.with(later: { que: "x" }) }
    error = assert_raises(ArgumentError) { Events::Thing.with(later: 5) }
    assert_equal "later: is true or a Hash of wait, wait_until, queue, priority, not 5", error.message
  end

  def test_too_large
    Signalbox.configure { |c| c.max_bytes = 1_000 }
    error = assert_raises(Signalbox::ContractViolation) { Events::Thing.updated(user_id: 1, contents: "x" * 2_000) }

    assert_includes error.message, "max_bytes"
    assert_empty @sent
  end
end
