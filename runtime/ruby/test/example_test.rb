# frozen_string_literal: true

require_relative "support/runtime"

class ExampleTest < Minitest::Test
  include RuntimeTest

  def test_every_event_has_one_that_can_be_published
    Events::CONTRACT.channels.each_value do |channel|
      channel.events.each_key { |event| Events.example(channel.name, event) }
    end
    Events::Room.message_posted(room_id: 1, **Events.example("room", :message_posted, body: "hi"))
    Events.publish("thing", Events.example("thing", user_id: 7))

    assert_equal "hi", sent_payloads.first.fetch("body")
    assert_equal 7, sent_payloads.last.fetch("user_id")
  end

  def test_changes_are_validated
    error = assert_raises(Signalbox::ContractViolation) { Events.example("room", :message_posted, body: "") }
    assert_equal [ [ "body" ] ], error.issues.map(&:path)
    error = assert_raises(Signalbox::UnknownField) { Events.example("room", :message_posted, bdy: "hi") }
    assert_equal 'room messagePosted has no field "bdy". Did you mean "body"?', error.message
    assert_equal 1, Events.example("room", :message_posted, room_id: 1).fetch(:room_id)
    assert_raises(Signalbox::UnknownEvent) { Events.example("room", :message_postd) }
  end
end
